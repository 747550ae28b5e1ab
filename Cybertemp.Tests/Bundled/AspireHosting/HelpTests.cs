using Cybertemp.Tests.AppHost;

namespace Cybertemp.Tests.Bundled.AspireHosting;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help", "Runs postgres, redis, cybertemp, smtp-receiver, sync on this machine")]
    [InlineData("-h", "--publisher manifest [--output-path FILE]")]
    [InlineData("--version", "Cybertemp.AppHost ")]
    public async Task The_AppHost_says_what_it_is_and_starts_nothing(string argument, string expected)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var host = await AppHostProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal), argument);

        await host.WaitForLineAsync(expected, timeout.Token);
        Assert.Equal(0, await host.WaitForExitAsync(timeout.Token));
        Assert.StartsWith("Cybertemp.AppHost ", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Distributed application starting", host.Output, StringComparison.Ordinal);
    }
}
