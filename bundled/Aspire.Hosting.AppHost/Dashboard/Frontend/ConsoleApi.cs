using System.Text;
using System.Text.RegularExpressions;
using Aspire.Hosting.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>Console lines from a given one on, and as a plain text file.</summary>
internal static partial class ConsoleApi
{
    private const int MaxLines = 20_000;

    public static void Map(WebApplication app, DashboardState state)
    {
        app.MapGet("/api/console", (string? resource, long? after) => Results.Json(Read(state.Console, resource, after ?? 0)));
        app.MapGet("/api/console/download", (string? resource) => Results.Text(Plain(state.Console, resource), "text/plain", Encoding.UTF8));
        app.MapPost("/api/console/clear", (string? resource) => state.Console.Clear(resource));
    }

    // Rows are arrays: [id, resource, Unix milliseconds, 1 for standard error, text].
    private static object Read(ConsoleStore store, string? resource, long after)
    {
        var lines = store.Read(resource, after);
        var skipped = Math.Max(0, lines.Count - MaxLines);
        return new
        {
            Skipped = skipped,
            Lines = lines.Skip(skipped).Select(static l => new object[]
            {
                l.Id, l.Line.Resource, l.Line.Time.ToUnixTimeMilliseconds(), l.Line.IsError ? 1 : 0, l.Line.Text,
            }),
        };
    }

    private static string Plain(ConsoleStore store, string? resource)
    {
        var text = new StringBuilder();
        foreach (var (_, line) in store.Read(resource, after: 0))
        {
            if (resource is null)
            {
                text.Append(line.Resource).Append(": ");
            }

            text.Append(AnsiSequence().Replace(line.Text, "")).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>ECMA-48 control sequences (colours, cursor) and operating system commands (titles, links).</summary>
    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z\\^_])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnsiSequence();
}
