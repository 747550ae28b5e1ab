namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>The series of one instrument that share a value of an attribute, added up per step.</summary>
internal sealed class MeterGroup(InstrumentKind kind, TimeBins bins)
{
    private readonly double?[] _values = new double?[bins.Count];
    private readonly Distribution?[] _distributions = new Distribution?[kind == InstrumentKind.Histogram ? bins.Count : 0];

    /// <summary>Rates a second for counters and histograms, else values; null where nothing is known.</summary>
    public IReadOnlyList<double?> Values => _values;

    /// <summary>A percentile per step; null in steps without values.</summary>
    public double?[] Quantiles(double share) =>
        Array.ConvertAll(_distributions, d => d?.Quantile(share) is { } value && double.IsFinite(value) ? value : (double?)null);

    /// <summary>The mean per step; null in steps without values.</summary>
    public double?[] Means() => Array.ConvertAll(_distributions, static d => d is { Count: > 0 } ? d.Sum / d.Count : (double?)null);

    public void Add(Series series, MeterPoint[] points)
    {
        var before = StateAt(points, bins.Start);
        for (var bin = 0; bin < bins.Count; bin++)
        {
            var edge = bins.Edge(bin + 1);
            var state = StateAt(points, edge);
            if (kind is InstrumentKind.Gauge or InstrumentKind.UpDownCounter)
            {
                AddValue(bin, state is { } s && edge - points[^1].Time <= series.Silence ? s.Value : null);
            }
            else if (state is { } after)
            {
                AddChange(bin, before ?? points[0], after);
            }

            before = state;
        }
    }

    private void AddValue(int bin, double? value)
    {
        _values[bin] = (kind, _values[bin], value) switch
        {
            (_, null, _) => value,
            (_, _, null) => _values[bin],
            (InstrumentKind.Gauge, { } old, { } more) => Math.Max(old, more),
            (_, { } old, { } more) => old + more,
        };
    }

    private void AddChange(int bin, MeterPoint before, MeterPoint after)
    {
        // After a restart the sum begins again at zero.
        var seconds = (double)bins.Step / Series.Nanoseconds(TimeSpan.FromSeconds(1));
        var change = after.Value >= before.Value ? after.Value - before.Value : after.Value;
        _values[bin] = (_values[bin] ?? 0) + (change / seconds);
        if (change > 0 && after.Distribution is { } distribution)
        {
            _distributions[bin] = Distribution.Add(_distributions[bin], Distribution.Since(before.Distribution, distribution));
        }
    }

    private MeterPoint? StateAt(MeterPoint[] points, long time)
    {
        var index = Array.FindLastIndex(points, point => point.Time <= time);
        if (index < 0)
        {
            return null;
        }

        var isCumulative = kind is InstrumentKind.Counter or InstrumentKind.Histogram;
        return index == points.Length - 1 || !isCumulative ? points[index] : Between(points[index], points[index + 1], time);
    }

    private static MeterPoint Between(MeterPoint earlier, MeterPoint later, long time)
    {
        var part = (double)(time - earlier.Time) / (later.Time - earlier.Time);
        if (part == 0 || later.Value < earlier.Value || later.SameState(earlier))
        {
            return earlier;
        }

        var distribution = (earlier.Distribution, later.Distribution) is ({ } from, { } to) ? Distribution.Between(from, to, part) : null;
        return new(time, earlier.Value + ((later.Value - earlier.Value) * part), distribution);
    }
}
