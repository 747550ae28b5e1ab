using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;

namespace Cybertemp.Tests.Bundled.AspireHosting;

public sealed class VolumeDirectoryTests
{
    [Fact]
    public void Servers_that_start_at_once_do_not_take_each_others_directory_for_abandoned()
    {
        var opened = new VolumeDirectory[100];
        Parallel.For(0, opened.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i => opened[i] = VolumeDirectory.Open(new ContainerResource($"server-{i}")));

        Assert.Equal(opened.Length, opened.Select(static d => d.DataDirectory).Distinct(StringComparer.Ordinal).Count());
        Assert.All(opened, static d => Assert.True(Directory.Exists(d.RunDirectory)));
        Array.ForEach(opened, static d => d.Dispose());
        Assert.All(opened, static d => Assert.False(Directory.Exists(Path.GetDirectoryName(d.DataDirectory))));
    }
}
