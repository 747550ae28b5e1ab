using System.Net;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Dialects.Clients;

/// <summary>curl, as scripts and wrappers call an API.</summary>
internal sealed class Curl(Uri address)
{
    /// <summary>The status and the JSON that it printed.</summary>
    /// <param name="path">Of the service, already encoded.</param>
    /// <param name="arguments">More of its command line.</param>
    public async Task<(HttpStatusCode Status, JsonNode? Json)> AskAsync(string path, params string[] arguments)
    {
        var output = await RunAsync(
            [.. arguments, "--write-out", "\n%{http_code}", new Uri(address, path).AbsoluteUri]);
        var end = output.LastIndexOf('\n');
        var status = (HttpStatusCode)int.Parse(output[(end + 1)..], provider: null);
        return (status, end > 0 ? JsonNode.Parse(output[..end]) : null);
    }

    /// <summary>What a call that succeeded printed.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = await ChildProcess.StartAsync(
            user: null, "KILL", "curl", ["--silent", "--show-error", "--max-time", "30", .. arguments]);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
