using Aspire.Hosting;

namespace Cybertemp.Tests.Bundled.AspireHosting;

public sealed class LaunchProfilesTests
{
    private static readonly LaunchProfile[] Profiles =
    [
        new() { Name = "IIS Express", CommandName = "IISExpress" },
        new() { Name = "http", CommandName = "Project" },
        new() { Name = "https", CommandName = "Project" },
    ];

    [Theory]
    [InlineData(null, null, "http")]
    [InlineData(null, "https", "https")]
    [InlineData(null, "unknown", "http")]
    [InlineData("https", "http", "https")]
    public void The_named_one_then_the_AppHosts_then_the_first_that_runs(string? name, string? appHost, string effective) =>
        Assert.Equal(effective, LaunchProfiles.Effective(Profiles, name, appHost)!.Name);

    [Fact]
    public void A_named_one_that_is_missing_is_an_error() =>
        Assert.Throws<DistributedApplicationException>(() => LaunchProfiles.Effective(Profiles, "release", null));

    [Fact]
    public void Reads_comments_and_trailing_commas()
    {
        var directory = Directory.CreateTempSubdirectory("launch-");
        try
        {
            var file = Path.Combine(directory.CreateSubdirectory("Properties").FullName, "launchSettings.json");
            File.WriteAllText(file, """
                { "profiles": { "web": { // ours
                    "commandName": "Project", "applicationUrl": "http://localhost:5000; http://localhost:5001",
                    "environmentVariables": { "A": "1", }, } } }
                """);
            var profile = Assert.Single(LaunchProfiles.Read(directory.FullName));
            Assert.Equal([5000, 5001], profile.ApplicationUrls.Select(u => u.Port));
            Assert.Equal("1", profile.EnvironmentVariables["A"]);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
