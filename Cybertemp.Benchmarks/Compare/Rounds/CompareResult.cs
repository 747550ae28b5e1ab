using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Compare.Rounds;

/// <summary>What the rounds of one contender in one mode came to: medians.</summary>
internal sealed record CompareResult(Contender Contender, LoadMode Mode, IReadOnlyList<CompareRound> Rounds)
{
    public double PerSecond => Median(static r => r.PerSecond);

    public double Least => Rounds.Min(static r => r.PerSecond);

    public double Most => Rounds.Max(static r => r.PerSecond);

    public double P50 => Median(static r => r.P50);

    public double P99 => Median(static r => r.P99);

    public double ServerMicroseconds => Median(static r => r.ServerMicroseconds);

    public double DatabaseMicroseconds => Median(static r => r.DatabaseMicroseconds);

    public double ClientMicroseconds => Median(static r => r.ClientMicroseconds);

    public long Messages => Rounds.Sum(static r => r.Messages);

    /// <summary>Every message that was answered 250 is a row.</summary>
    public bool HasAllRows => Contender.Table is null || Rounds.All(static r => r.Rows == r.Messages);

    /// <summary>
    /// How many times as fast it is: the median over the rounds, since those of one number lie side by side.
    /// </summary>
    public double RatioTo(CompareResult other) => Median(
        [.. Rounds.Zip(other.Rounds, static (one, two) => one.PerSecond / two.PerSecond)]);

    /// <summary>
    /// How many messages it takes in the processor time, PostgreSQL's included, of one of the other's.
    /// </summary>
    public double ThriftBeside(CompareResult other) => Median(
        [.. Rounds.Zip(other.Rounds, static (one, two) => two.StoringMicroseconds / one.StoringMicroseconds)]);

    private double Median(Func<CompareRound, double> value) => Median([.. Rounds.Select(value)]);

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
