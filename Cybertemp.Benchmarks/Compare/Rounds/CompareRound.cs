using System.Diagnostics;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Compare.Rounds;

/// <summary>One round of one contender in one mode.</summary>
/// <param name="PerSecond">Messages that were answered 250, and are in their table where they have one.</param>
/// <param name="P50">Milliseconds from the final dot to the 250.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="ServerMicroseconds">Of the processors, for one message.</param>
/// <param name="DatabaseMicroseconds">The same of PostgreSQL's processes.</param>
/// <param name="ClientMicroseconds">The same of the load generator.</param>
/// <param name="Messages">Answered 250.</param>
/// <param name="Rows">That came into the table meanwhile.</param>
/// <param name="Load">Average of the machine: what else went on.</param>
internal sealed record CompareRound(
    double PerSecond,
    double P50,
    double P99,
    double ServerMicroseconds,
    double DatabaseMicroseconds,
    double ClientMicroseconds,
    long Messages,
    long Rows,
    double Load)
{
    /// <summary>Of the processors for one message, but for the load generator's.</summary>
    public double StoringMicroseconds => ServerMicroseconds + DatabaseMicroseconds;

    public static async Task<CompareRound> RunAsync(CompareTarget target, LoadOptions load, TimeSpan duration)
    {
        var sessions = Enumerable.Range(0, load.Sessions).Select(i => new LoadSession(load, i)).ToArray();
        try
        {
            await Task.WhenAll(sessions.Select(static s => s.ConnectAsync()));
            var rows = await target.CountRowsAsync();
            var before = target.Used();
            var started = Stopwatch.GetTimestamp();
            var latencies = await SendAsync(sessions, duration);
            var expected = rows + latencies.Count;
            await target.WaitForRowsAsync(expected);
            var elapsed = Stopwatch.GetElapsedTime(started);
            var used = target.Used() - before;
            return Of(latencies, elapsed, used, await target.CountRowsAsync() - rows);
        }
        finally
        {
            Array.ForEach(sessions, static s => s.Dispose());
        }
    }

    private static async Task<List<long>> SendAsync(LoadSession[] sessions, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        var lists = sessions.Select(static _ => new List<long>()).ToArray();
        await Task.WhenAll(sessions.Select((s, i) => Task.Run(() => s.RunAsync(lists[i], stop.Token))));
        return [.. lists.SelectMany(static l => l).Order()];
    }

    private static CompareRound Of(List<long> latencies, TimeSpan elapsed, ProcessorUse used, long rows)
    {
        var count = latencies.Count > 0 ? latencies.Count : throw new InvalidOperationException("nothing was accepted");
        double Quantile(double part) => latencies[(int)((count - 1) * part)] * 1000.0 / Stopwatch.Frequency;
        return new CompareRound(
            count / elapsed.TotalSeconds, Quantile(0.5), Quantile(0.99), used.Server.TotalMicroseconds / count,
            used.Database.TotalMicroseconds / count, used.Client.TotalMicroseconds / count, count, rows,
            PerformancePage.Load);
    }
}
