using System.Diagnostics;

namespace Cybertemp.Benchmarks.Load;

/// <summary>
/// Sends as fast as a number of sessions can, in rounds, to a server that runs already: messages a second and latency
/// from the final dot to the 250.
/// </summary>
internal static class LoadBenchmark
{
    public static async Task RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments);
        LoadProcess.CompleteInline();
        var sessions = Enumerable.Range(0, options.Sessions).Select(i => new LoadSession(options, i)).ToArray();
        await MeasureAsync(sessions, options.WarmUp);
        var rates = new List<double>();
        var latencies = new List<long>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var (elapsed, measured) = await MeasureAsync(sessions, options.Round);
            rates.Add(measured.Count / elapsed.TotalSeconds);
            latencies.AddRange(measured);
        }

        var refused = sessions.Sum(static s => s.Refused);
        Array.ForEach(sessions, s => s.Dispose());
        rates.Sort();
        latencies.Sort();
        Console.WriteLine(
            $"{options.Mode,-6} sessions {options.Sessions,5}  bytes {options.Bytes,7}  "
            + $"messages/s median {rates[rates.Count / 2],8:F0} ({rates[0]:F0} to {rates[^1]:F0})"
            + $"  dot to 250 p50 {Milliseconds(latencies, 0.5):F2} ms  p99 {Milliseconds(latencies, 0.99):F2} ms"
            + $"  messages {latencies.Count}  refused {refused}");
    }

    private static async Task<(TimeSpan Elapsed, List<long> Latencies)> MeasureAsync(
        LoadSession[] sessions, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        var started = Stopwatch.GetTimestamp();
        var lists = sessions.Select(_ => new List<long>()).ToArray();
        await Task.WhenAll(sessions.Select((s, i) => Task.Run(() => s.RunAsync(lists[i], stop.Token))));
        return (Stopwatch.GetElapsedTime(started), [.. lists.SelectMany(l => l)]);
    }

    private static double Milliseconds(List<long> sorted, double quantile) =>
        sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * quantile)] * 1000.0 / Stopwatch.Frequency;
}
