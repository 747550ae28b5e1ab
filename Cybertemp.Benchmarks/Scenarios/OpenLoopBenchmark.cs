using System.Globalization;
using System.Text;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>What mail waits at half of the highest rate, which is measured first.</summary>
internal static class OpenLoopBenchmark
{
    /// <summary>Arguments: those of every scenario.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var scenario = Scenario.Parse("open-loop", arguments, sessions: 50);
        await using var postgres = await CompareTarget.StartPostgresAsync();
        await using var target = await CompareTarget.StartAsync(Contenders.Get(Contenders.Ours), postgres);
        var lane = Lane.Create("highest", target, LoadMode.Pipe, scenario.Sessions, 4096);
        var highest = (await scenario.Turns.TakeAsync([lane]))[lane];
        var text = new StringBuilder(scenario.Conditions(
                $"pipe, {scenario.Sessions} sessions, mails of 4,096 bytes", [highest]))
            .Append("\n| rate | messages/s | dot to 250, p50 / p99 ms | from when it was due, p50 / p99 ms ")
            .Append("| wanted p99 | dreamt of |\n")
            .Append("| --- | --- | --- | --- | --- | --- |\n")
            .Append(CultureInfo.InvariantCulture, $"| as fast as it goes | {highest.PerSecond:N0} ")
            .Append(CultureInfo.InvariantCulture, $"| {highest.P50:F1} / {highest.P99:F1} | | | |\n");
        using var loop = new OpenLoop(lane.Load);
        foreach (var part in (double[])[0.25, 0.5, 0.75])
        {
            await Machine.SettleAsync();
            await loop.RunAsync(highest.PerSecond * part, TimeSpan.FromSeconds(1));
            var result = await loop.RunAsync(highest.PerSecond * part, scenario.Turns.Rounds * scenario.Turns.Round);
            text.Append(CultureInfo.InvariantCulture, $"| {part:0.##} of it | {result.PerSecond:N0} ")
                .Append(CultureInfo.InvariantCulture, $"| {result.Dot(0.5):F1} / {result.Dot(0.99):F1} ")
                .Append(CultureInfo.InvariantCulture, $"| {result.FromDue(0.5):F1} / {result.FromDue(0.99):F1} ")
                .Append(part == 0.5 ? "| 8 ms | 4 ms |\n" : "| | |\n");
        }

        await scenario.ReportAsync(text.ToString());
    }
}
