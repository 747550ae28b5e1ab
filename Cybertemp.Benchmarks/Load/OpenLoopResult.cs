using System.Diagnostics;

namespace Cybertemp.Benchmarks.Load;

/// <summary>What mail at a steady rate had to wait.</summary>
/// <param name="Dots">Ticks of <see cref="Stopwatch"/> from the final dot to the 250, sorted.</param>
/// <param name="Due">From when the mail was due to its reply, sorted: the whole dialogue, and the wait for it.</param>
internal sealed record OpenLoopResult(TimeSpan Elapsed, IReadOnlyList<long> Dots, IReadOnlyList<long> Due)
{
    public double PerSecond => Dots.Count / Elapsed.TotalSeconds;

    /// <summary>Milliseconds from the final dot.</summary>
    public double Dot(double quantile) => Milliseconds(Dots, quantile);

    /// <summary>Milliseconds from when it was due.</summary>
    public double FromDue(double quantile) => Milliseconds(Due, quantile);

    private static double Milliseconds(IReadOnlyList<long> sorted, double quantile) =>
        sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * quantile)] * 1000.0 / Stopwatch.Frequency;
}
