using System.Diagnostics;
using System.Globalization;

namespace Cybertemp.Benchmarks;

/// <summary>
/// The median and the best over short rounds of the mean time of one operation, and the bytes it allocates. On a
/// machine that does other things too, the best round is the one to compare.
/// </summary>
internal static class Measurement
{
    private const int Rounds = 101;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// All are warmed up before the first is measured: they share code that the compiler works on meanwhile.
    /// </summary>
    public static void Report(TextWriter output, IReadOnlyList<(string Name, Action Operation)> operations)
    {
        var counts = operations.Select(operation => CountPerRound(operation.Operation)).ToList();
        foreach (var ((name, operation), count) in operations.Zip(counts))
        {
            Report(output, name, operation, count);
        }
    }

    /// <summary>The quantiles of single waits; sorts the list.</summary>
    public static void ReportLatencies(TextWriter output, string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: p50 {milliseconds[milliseconds.Count / 2]:F1} ms, p99 "
                + $"{milliseconds[milliseconds.Count * 99 / 100]:F1} ms, max {milliseconds[^1]:F1} ms, "
                + $"{milliseconds.Count} samples"));
    }

    private static void Report(TextWriter output, string name, Action operation, int count)
    {
        var times = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            times[round] = MicrosecondsPerOperation(operation, count);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        operation();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(times);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-52} median {times[Rounds / 2],8:F2} us, best {times[0],8:F2} us, {allocated,9:N0} bytes"));
    }

    private static int CountPerRound(Action operation)
    {
        var watch = Stopwatch.StartNew();
        var count = 0;
        while (watch.Elapsed < WarmUp)
        {
            operation();
            count++;
        }

        return Math.Max((int)(count * RoundTime.TotalSeconds / WarmUp.TotalSeconds), 1);
    }

    private static double MicrosecondsPerOperation(Action operation, int count)
    {
        var watch = Stopwatch.StartNew();
        for (var index = 0; index < count; index++)
        {
            operation();
        }

        return watch.Elapsed.TotalMicroseconds / count;
    }
}
