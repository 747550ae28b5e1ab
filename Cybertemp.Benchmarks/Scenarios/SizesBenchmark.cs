using System.Globalization;
using System.Text;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Benchmarks.Neighbours;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>Octets a second with mails of 4, 40 and 200 KB, and what small mail waits beside some of 25 MB.</summary>
internal static class SizesBenchmark
{
    private const int LargeClients = 4;
    private const int LargeBytes = 25_000_000;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly int[] Sizes = [4 * 1024, 40 * 1024, 200 * 1024];

    /// <summary>Arguments: those of every scenario.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var scenario = Scenario.Parse("sizes", arguments, sessions: 50);
        await using var postgres = await CompareTarget.StartPostgresAsync();
        await using var target = await CompareTarget.StartAsync(Contenders.Get(Contenders.Ours), postgres);
        var lanes = Sizes.Select(size => (
            Size: size,
            Lane: Lane.Create(
                string.Create(Culture, $"{size / 1024} KB"), target, LoadMode.Pipe, scenario.Sessions, size))).ToList();
        var results = await scenario.Turns.TakeAsync([.. lanes.Select(static l => l.Lane)]);
        var small = results[lanes[0].Lane];
        var text = new StringBuilder(scenario.Conditions($"pipe, {scenario.Sessions} sessions", results.Values))
            .Append("\n| mails of | MB/s | of 4 KB's | messages/s | p50 / p99 ms ")
            .Append("| µs a MB: server + PostgreSQL + client | wanted | dreamt of |\n")
            .Append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var (size, lane) in lanes)
        {
            var (result, megabytes) = (results[lane], size / 1e6);
            text.Append(Culture, $"| {lane.Name} | {result.PerSecond * megabytes:F1} ")
                .Append(Culture, $"| {result.RatioTo(small) * size / Sizes[0]:F2} x | {result.PerSecond:N0} ")
                .Append(Culture, $"| {result.P50:F1} / {result.P99:F1} | {result.ServerMicroseconds / megabytes:N0} + ")
                .Append(Culture, $"{result.DatabaseMicroseconds / megabytes:N0} ")
                .Append(Culture, $"+ {result.ClientMicroseconds / megabytes:N0} ")
                .Append(size == Sizes[0] ? "| | |\n" : "| 3 x | 6 x |\n");
        }

        await AppendNeighboursAsync(text, target.Port);
        await scenario.ReportAsync(text.ToString());
    }

    private static async Task AppendNeighboursAsync(StringBuilder text, int port)
    {
        text.Append("\n| a client that sends 4 KB, one after the other, beside | p50 / p99 / max ms |\n")
            .Append("| --- | --- |\n");
        byte[] large = LoadMessage.Create(LargeBytes, 1);
        foreach (var (name, clients) in ((string, int)[])
            [("nobody", 0), ($"{LargeClients} that send 25 MB", LargeClients), ("nobody again", 0)])
        {
            var waits = await NeighboursBenchmark.MeasureAsync(port, name, large, clients);
            text.Append(Culture, $"| {name} | {waits[waits.Count / 2]:F1} / {waits[waits.Count * 99 / 100]:F1} ")
                .Append(Culture, $"/ {waits[^1]:F1} |\n");
        }
    }
}
