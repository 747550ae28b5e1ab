using System.Globalization;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Tests.Support;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>
/// Mail at a steady rate for a long time, PostgreSQL with a checkpoint a minute: fails when a message is missing, or
/// the receiver's memory or the waits grow.
/// </summary>
internal static class SoakBenchmark
{
    /// <summary>Of memory, from the second third to the last; a collection now or later makes a tenth.</summary>
    private const double MostGrowth = 1.15;

    /// <summary>Of the waits: what else the machine does shows here.</summary>
    private const double MostSlower = 2;

    /// <summary>Arguments: --minutes 10 --rate 1000 (messages a second), --sessions 50, --dry.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var scenario = Scenario.Parse("soak", arguments, sessions: 50, "--minutes", "--rate");
        var rate = scenario.Line.Number("--rate", 1000);
        LoadProcess.CompleteInline();
        await Machine.SettleAsync();
        await using var postgres = await PostgresServer.StartAsync("shared_buffers=1GB", "checkpoint_timeout=60s");
        await using var target = await CompareTarget.StartAsync(Contenders.Get(Contenders.Ours), postgres);
        using var loop = new OpenLoop(Lane.Create("soak", target, LoadMode.Pipe, scenario.Sessions, 4096).Load);
        var minutes = new List<SoakMinute>();
        for (var number = 1; number <= scenario.Line.Number("--minutes", 10); number++)
        {
            minutes.Add(await MeasureAsync(number, loop, rate, target));
            Console.WriteLine(minutes[^1]);
        }

        var verdict = Verdict(minutes, loop.Refused);
        await scenario.ReportAsync(
            PerformancePage.Conditions(
                string.Create(CultureInfo.InvariantCulture, $"{rate:N0} messages of 4,096 bytes a second."),
                minutes.Select(static m => m.Load))
            + "\n| minute | messages/s | dot to 250, p50 / p99 ms | receiver | rows | checkpoints |\n"
            + $"| --- | --- | --- | --- | --- | --- |\n{string.Join('\n', minutes)}\n\n{verdict}\n");
    }

    private static async Task<SoakMinute> MeasureAsync(int number, OpenLoop loop, int rate, CompareTarget target)
    {
        var result = await loop.RunAsync(rate, TimeSpan.FromMinutes(1));
        var version = (int)(await target.ScalarAsync("select current_setting('server_version_num')::int"))!;
        var checkpoints = await target.ScalarAsync(version >= 170_000
            ? "select num_timed + num_requested from pg_stat_checkpointer"
            : "select checkpoints_timed + checkpoints_req from pg_stat_bgwriter");
        return new SoakMinute(
            number, result, ProcessMemory.Of(target.ProcessId), await target.CountRowsAsync(), (long)checkpoints!,
            PerformancePage.Load);
    }

    private static string Verdict(List<SoakMinute> minutes, int refused)
    {
        var third = Math.Max(minutes.Count / 3, 1);
        var (middle, last) = (minutes[^Math.Min(2 * third, minutes.Count)..^third], minutes[^third..]);
        double Growth(Func<SoakMinute, double> value) =>
            middle.Count == 0 ? 1 : Median(last.Select(value)) / Median(middle.Select(value));
        var (memory, wait) = (Growth(static m => m.Memory), Growth(static m => m.Result.Dot(0.99)));
        var missing = minutes.Sum(static m => (long)m.Result.Dots.Count) - minutes[^1].Rows;
        var holds = memory <= MostGrowth && wait <= MostSlower && missing == 0;
        Environment.ExitCode = holds ? 0 : 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(holds ? "Nothing grows" : "**It does not hold**")}: in the last third memory is {memory:F2} of that in "
                + $"the second (allowed {MostGrowth}), p99 {wait:F2} (allowed {MostSlower}); {missing} messages are no "
                + $"rows, {refused} were refused.");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted
        ? (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2
        : 0;
}
