using System.Globalization;
using System.Text;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>
/// Disks that need 1 and 5 ms more to flush: batches beside one row each, and beside SmtpServer's INSERTs.
/// </summary>
internal static class SlowFsyncBenchmark
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Arguments: those of every scenario; 200 sessions.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var scenario = Scenario.Parse("slow-fsync", arguments, sessions: 200);
        using var disk = await SlowDisk.CompileAsync();
        var (text, measured) = (new StringBuilder(), new List<CompareResult>());
        foreach (var milliseconds in (int[])[0, 1, 5])
        {
            await using var postgres = await CompareTarget.StartPostgresAsync(
                disk.Slower(TimeSpan.FromMilliseconds(milliseconds)));
            var lanes = new List<Lane>();
            foreach (var contender in (string[])[Contenders.Ours, "single", "smtpserver"])
            {
                var target = await CompareTarget.StartAsync(Contenders.Get(contender), postgres);
                lanes.Add(Lane.Create(contender, target, LoadMode.Lock, scenario.Sessions, 4096));
            }

            var results = await scenario.Turns.TakeAsync(lanes);
            foreach (var lane in lanes)
            {
                Append(text, milliseconds, results[lanes[0]], results[lane]);
                await lane.Target.DisposeAsync();
            }

            measured.AddRange(results.Values);
        }

        await scenario.ReportAsync(
            scenario.Conditions($"lock, {scenario.Sessions} sessions, mails of 4,096 bytes", measured)
            + "\n| flush takes | | messages/s | Cybertemp is | p50 / p99 ms |\n| --- | --- | --- | --- | --- |\n"
            + text
            + "\nWanted at 5 ms more are 4 times of one row a batch, dreamt of 6.\n");
    }

    private static void Append(StringBuilder text, int milliseconds, CompareResult ours, CompareResult result) => text
        .Append(milliseconds == 0 ? "| the disk's time " : string.Create(Culture, $"| {milliseconds} ms more "))
        .Append(Culture, $"| {result.Contender.Name} | {result.PerSecond:N0} ({result.Least:N0} to {result.Most:N0}) ")
        .Append(ours == result ? "| " : string.Create(Culture, $"| {ours.RatioTo(result):F2} x "))
        .Append(Culture, $"| {result.P50:F1} / {result.P99:F1} |\n");
}
