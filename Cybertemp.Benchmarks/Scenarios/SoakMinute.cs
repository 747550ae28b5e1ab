using System.Globalization;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Scenarios;

/// <summary>What one minute of the soak came to.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Memory">Octets of the receiver that are in memory at its end.</param>
/// <param name="Rows">In the table.</param>
/// <param name="Checkpoints">Of PostgreSQL since the begin.</param>
/// <param name="Load">Average of the machine.</param>
internal sealed record SoakMinute(
    int Number, OpenLoopResult Result, long Memory, long Rows, long Checkpoints, double Load)
{
    /// <summary>A row of the table.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Number} | {Result.PerSecond:N0} | {Result.Dot(0.5):F1} / {Result.Dot(0.99):F1} | {Memory / 1e6:F0} MB "
            + $"| {Rows:N0} | {Checkpoints} |");
}
