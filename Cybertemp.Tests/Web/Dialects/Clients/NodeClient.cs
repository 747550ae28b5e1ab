using System.Diagnostics;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Dialects.Clients;

/// <summary>Published packages of npm, each driven by a script beside this file, which prints JSON.</summary>
internal static class NodeClient
{
    public static readonly string Folder = Path.Combine(
        Repository.Root, "Cybertemp.Tests", "Web", "Dialects", "Clients");

    private static readonly string Packages = Path.Combine(Folder, "node_modules");

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    /// <summary>What a script that succeeded printed.</summary>
    public static async Task<JsonNode> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        return JsonNode.Parse(await RunAsync(start))!;
    }

    /// <summary>The same, doing something for the script once it has printed a line, with that line.</summary>
    public static async Task<JsonNode> RunAsync(string script, Func<string, Task> whenReady, params string[] arguments)
    {
        Fetched.OrSkip(Packages);
        using var process = await ChildProcess.StartAsync(
            user: null, "KILL", "node", [Path.Combine(Folder, script), .. arguments]);
        using var timeout = new CancellationTokenSource(Bound);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        var line = await process.StandardOutput.ReadLineAsync(timeout.Token);
        if (line is not null)
        {
            await whenReady(line);
        }

        var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        Assert.True(process.ExitCode == 0, $"{line}{output}{await errors}");
        return JsonNode.Parse(output)!;
    }

    /// <summary>Runs it to its end, which has to be a success.</summary>
    public static async Task<string> RunAsync(ProcessStartInfo start)
    {
        Fetched.OrSkip(Packages);
        using var process = await ChildProcess.StartAsync(start);
        using var timeout = new CancellationTokenSource(Bound);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"{await output}{await errors}");
        return await output;
    }
}
