using System.Diagnostics;
using System.Globalization;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>
/// From the start of the receiver's process to its first 250, when the schema is there; with another build in turn.
/// </summary>
internal static class StartBenchmark
{
    /// <summary>Arguments: --rounds 10, --other FOLDER of another build, --dry.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var scenario = Scenario.Parse("start", arguments, sessions: 1, "--other");
        var other = scenario.Line.Text("--other");
        var rounds = scenario.Line.Number("--rounds", 10);
        await using var postgres = await CompareTarget.StartPostgresAsync();
        var database = await postgres.CreateDatabaseAsync();
        await MeasureAsync(database, "");
        var (times, loads) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            times.Add(await MeasureAsync(database, ""));
            if (other.Length > 0)
            {
                await MeasureAsync(database, other);
            }

            loads.Add(PerformancePage.Load);
        }

        times.Sort();
        await scenario.ReportAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {PerformancePage.Conditions($"{rounds} starts, the schema there, the first without counting.", loads)}
            | from the process's start to its first 250 | wanted | dreamt of |
            | --- | --- | --- |
            | {times[times.Count / 2] / 1000:F2} s ({times[0] / 1000:F2} to {times[^1] / 1000:F2}) | 1.5 s | 0.6 s |

            """));
    }

    private static async Task<double> MeasureAsync(string database, string other)
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = other.Length == 0
            ? await RunningServer.StartOursAsync(database)
            : await Contenders.Other(other).StartAsync(database);
        var listens = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        using var session = new LoadSession(
            LoadOptions.Parse([$"port={RunningServer.Text(server.Port)}", "mode=pipe"]), number: 1);
        await session.SendAsync([]);
        var accepted = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{other} listens after {listens:F0} ms, 250 after {accepted:F0} ms"));
        return accepted;
    }
}
