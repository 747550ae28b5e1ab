using System.Diagnostics;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Fleet.Reporting;

namespace Cybertemp.Benchmarks.Fleet;

/// <summary>
/// One, two and three real receivers on one PostgreSQL, which share the load: what a message costs each process, what
/// the model says that it would, and what the model says of loads that no machine here can bear.
/// </summary>
internal static class FleetBenchmark
{
    /// <summary>The sessions of the round with small batches that the model is fitted with.</summary>
    private const int FewSessions = 6;

    /// <summary>However slow the machine is.</summary>
    private static readonly TimeSpan MaxWarmUp = TimeSpan.FromMinutes(4);

    public static async Task RunAsync(string[] arguments)
    {
        var options = FleetOptions.Parse(arguments);
        await using var stack = await FleetStack.StartAsync();
        (int Receivers, int Sessions)[] fleets =
            [(1, options.Sessions), (1, FewSessions), (2, options.Sessions), (3, options.Sessions)];
        var stored = await stack.CountStoredBytesAsync();
        var rows = (await stack.UsedAsync()).Rows;
        var rounds = fleets.ToDictionary(static f => f, static _ => new List<FleetRound>());
        await WarmUpAsync(stack, options);
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var (receivers, sessions) in fleets)
            {
                var result = await FleetRound.RunAsync(stack, receivers, sessions, options.Bytes, options.Round);
                FleetReport.Progress(RunningServer.Text(round), result);
                rounds[(receivers, sessions)].Add(result);
            }
        }

        var storedBytes = (await stack.CountStoredBytesAsync() - stored)
            / (double)((await stack.UsedAsync()).Rows - rows);
        var reads = await FleetReads.RunAsync(stack, options.Round);
        List<FleetRound> medians = [.. fleets.Select(f => FleetRound.MedianOf(rounds[f]))];
        await new FleetReport(options, medians, storedBytes, reads).WriteAsync();
    }

    private static async Task WarmUpAsync(FleetStack stack, FleetOptions options)
    {
        var waited = Stopwatch.StartNew();
        while ((await stack.UsedAsync()).Rows < options.WarmUp && waited.Elapsed < MaxWarmUp)
        {
            FleetReport.Progress("warm", await FleetRound.RunAsync(
                stack, FleetStack.MaxReceivers, options.Sessions, options.Bytes, options.Round));
        }
    }
}
