using System.Globalization;
using System.Text;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>Intake with metrics, traces and logs on their way to a collector, beside intake without.</summary>
internal static class TelemetryBenchmark
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Arguments: those of every scenario.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var scenario = Scenario.Parse("telemetry", arguments, sessions: 50);
        await using var postgres = await CompareTarget.StartPostgresAsync();
        await using var sink = await OtlpSink.StartAsync();
        await using var without = await CompareTarget.StartAsync(Contenders.Get(Contenders.Ours), postgres);
        await using var with = await CompareTarget.StartAsync(Observed(sink), postgres);
        await using var some = await CompareTarget.StartAsync(
            Observed(
                sink, ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.01")),
            postgres);
        Lane[] lanes =
        [
            Lane.Create("off", without, LoadMode.Pipe, scenario.Sessions, 4096),
            Lane.Create("on, every trace", with, LoadMode.Pipe, scenario.Sessions, 4096),
            Lane.Create("on, a trace of a hundred", some, LoadMode.Pipe, scenario.Sessions, 4096),
        ];
        var results = await scenario.Turns.TakeAsync(lanes);
        var text = new StringBuilder(scenario.Conditions(
                $"pipe, {scenario.Sessions} sessions, mails of 4,096 bytes; the collector is on the same machine",
                results.Values))
            .Append("\n| telemetry | messages/s | of that without | server's µs a message | wanted | dreamt of |\n")
            .Append("| --- | --- | --- | --- | --- | --- |\n");
        foreach (var lane in lanes)
        {
            var result = results[lane];
            text.Append(Culture, $"| {lane.Name} | {result.PerSecond:N0} ({result.Least:N0} to {result.Most:N0}) ")
                .Append(Culture, $"| {result.RatioTo(results[lanes[0]]):F2} x | {result.ServerMicroseconds:F0} ")
                .Append(lane == lanes[0] ? "| | |\n" : "| 0.95 x | 0.98 x |\n");
        }

        await scenario.ReportAsync(text.ToString());
    }

    private static Contender Observed(RunningServer sink, params (string Name, string Value)[] more) =>
        Contenders.Get(Contenders.Ours) with
        {
            StartAsync = database => RunningServer.StartOursAsync(database, [.. OtlpSink.Settings(sink), .. more]),
        };
}
