using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web;

public sealed class WebConfigurationTests
{
    [Theory]
    [InlineData(
        "Web__OperatorKey", "short",
        "Web:OperatorKey is set, but not valid: must be empty or have at least 16 characters.")]
    [InlineData(
        "Web__ApiKeys", "tk_0123456789abcdef,x",
        "Web:ApiKeys is set, but not valid: must be keys of at least 16 char")]
    [InlineData("Web__Mailpit", "true", "Web:Mailpit is 'true': must be false unless Web:OperatorKey is set.")]
    [InlineData("Web__MaxPoolSize", "0", "Web:MaxPoolSize is '0': must be between 1 and 500.")]
    [InlineData(
        "Web__AllowedOrigins", "https://a.example/path",
        "Web:AllowedOrigins is 'https://a.example/path': must be origins")]
    [InlineData("Web__ProxyNetworks", "everybody", "Web:ProxyNetworks is 'everybody': must be networks")]
    [InlineData("Web__Domains", "a b", "Web:Domains is 'a b': must be domains")]
    [InlineData("Web__MaxWait", "1", "Web:MaxWait is not known: the nearest key is Web:MaxWaits.")]
    [InlineData("ConnectionStrings__cybertemp", "", "no database is configured")]
    public async Task A_value_that_cannot_be_used_is_one_line(string key, string value, string line)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__cybertemp"] = "Host=127.0.0.1;Username=nobody;Database=nothing",
            [key] = value,
        };
        await using var process = await ServiceProcess.StartAsync("Cybertemp.Web", environment);
        Assert.Equal(78, await process.WaitForExitAsync());
        Assert.Contains(line, process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_without_any_server_and_says_that_it_is_not_ready()
    {
        await using var process = await ServiceProcess.StartAsync(
            "Cybertemp.Web",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] =
                    $"Host=127.0.0.1;Port={ChildProcess.FreePort()};Username=x;Database=x",
                ["ConnectionStrings__redis"] = $"127.0.0.1:{ChildProcess.FreePort()}",
                ["Web__OperatorKey"] = "",
            });
        var port = await process.WaitForPortAsync("Now listening on");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/alive", UriKind.Relative)));
        using var health = await client.GetAsync("/health");
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, health.StatusCode);
        using var list = await client.GetAsync("/v1/inboxes/box@temp.example/messages");
        Assert.Equal("storage-away", await list.ProblemAsync(System.Net.HttpStatusCode.ServiceUnavailable));
        await process.SignalAsync("TERM");
        Assert.Equal(0, await process.WaitForExitAsync());
    }
}
