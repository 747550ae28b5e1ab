namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>A histogram's state: how many values fell under each bound, and one more bucket for those above all.</summary>
internal sealed record Distribution(double Count, double Sum, double[] Bounds, double[] Buckets)
{
    /// <summary>Sums two of the same bounds; of different ones the first is kept, since nothing true can be said of both.</summary>
    public static Distribution Add(Distribution? left, Distribution right) =>
        left is null ? right : left.Combine(right, +1);

    /// <summary>What was added between two states of one series; all of <paramref name="later"/> after a restart.</summary>
    public static Distribution Since(Distribution? earlier, Distribution later) =>
        earlier is null || earlier.Count > later.Count ? later : later.Combine(earlier, -1);

    /// <summary>The state at a part of the way between two, as if values had come evenly.</summary>
    public static Distribution Between(Distribution earlier, Distribution later, double part)
    {
        var added = Since(earlier, later);
        var scaled = new Distribution(
            added.Count * part, added.Sum * part, added.Bounds, Array.ConvertAll(added.Buckets, bucket => bucket * part));
        return earlier.Count > later.Count ? scaled : Add(earlier, scaled);
    }

    /// <summary>The value that a share of all values does not exceed, interpolated within its bucket; NaN without values.</summary>
    public double Quantile(double share)
    {
        var rank = share * Buckets.Sum();
        var below = 0.0;
        for (var i = 0; i < Buckets.Length; i++)
        {
            if (Buckets[i] > 0 && below + Buckets[i] >= rank)
            {
                return Interpolate(i, (rank - below) / Buckets[i]);
            }

            below += Buckets[i];
        }

        return double.NaN;
    }

    private double Interpolate(int bucket, double part)
    {
        if (Bounds.Length == 0)
        {
            return double.NaN;
        }

        var lower = bucket == 0 ? Math.Min(0, Bounds[0]) : Bounds[bucket - 1];
        return bucket == Bounds.Length ? lower : lower + ((Bounds[bucket] - lower) * part);
    }

    private Distribution Combine(Distribution other, int sign)
    {
        if (!Bounds.AsSpan().SequenceEqual(other.Bounds))
        {
            return this;
        }

        var buckets = new double[Buckets.Length];
        for (var i = 0; i < buckets.Length; i++)
        {
            buckets[i] = Buckets[i] + (sign * other.Buckets[i]);
        }

        return new(Count + (sign * other.Count), Sum + (sign * other.Sum), Bounds, buckets);
    }
}
