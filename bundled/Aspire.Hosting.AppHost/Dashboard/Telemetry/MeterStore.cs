namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>
/// The last hour of all instruments, bounded in series and points: the more series there are, the coarser their older
/// points become. Thread-safe.
/// </summary>
internal sealed class MeterStore(TelemetryLimits limits)
{
    private readonly Dictionary<(TelemetryResource Resource, string Meter, string Name, string Attributes), Series> _series = [];
    private readonly Dictionary<TelemetryResource, long> _lastExport = [];
    private readonly Lock _gate = new();
    private long _version;
    private int _points;

    /// <summary>Grows with each change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>How many points are kept.</summary>
    public int Points
    {
        get
        {
            lock (_gate)
            {
                return _points;
            }
        }
    }

    public void Add(IReadOnlyList<MeterReading> readings)
    {
        lock (_gate)
        {
            foreach (var reading in readings)
            {
                Add(reading);
            }

            foreach (var reading in readings)
            {
                _lastExport[reading.Resource] = reading.Point.Time;
            }

            _version++;
        }
    }

    /// <summary>What each series is, without its points.</summary>
    public List<Series> List()
    {
        lock (_gate)
        {
            return [.. _series.Values];
        }
    }

    /// <summary>The series of an instrument with a copy of their points.</summary>
    public List<(Series Series, MeterPoint[] Points)> Find(string name)
    {
        lock (_gate)
        {
            return [.. _series.Values.Where(s => s.Instrument.Name == name).Select(static s => (s, s.ToArray()))];
        }
    }

    private void Add(MeterReading reading)
    {
        if (FindOrAdd(reading) is not { } series)
        {
            return;
        }

        var before = series.Count;
        if (before == 0 && reading.Instrument.Kind is InstrumentKind.Counter or InstrumentKind.Histogram)
        {
            series.Add(Zero(reading), isDelta: false);
        }

        series.Add(reading.Point, reading.IsDelta);
        series.Trim(reading.Point.Time - Series.Nanoseconds(limits.MeterWindow));
        _points += series.Count - before;
        if (_points > limits.MeterPoints)
        {
            ThinAll();
        }
    }

    // A series is exported from its first event on: without a zero before it, that event would be in no rate.
    private MeterPoint Zero(MeterReading reading)
    {
        var empty = reading.Point.Distribution is { } d ? new Distribution(0, 0, d.Bounds, new double[d.Buckets.Length]) : null;
        var time = Math.Max(reading.Start, _lastExport.GetValueOrDefault(reading.Resource));
        return new(Math.Min(time, reading.Point.Time - 1), 0, empty);
    }

    private Series? FindOrAdd(MeterReading reading)
    {
        var attributes = reading.Attributes.OrderBy(static a => a.Key, StringComparer.Ordinal).ToArray();
        var key = (reading.Resource, reading.Instrument.Meter, reading.Instrument.Name, string.Join('\u001f', attributes));
        if (_series.TryGetValue(key, out var series))
        {
            return series;
        }

        if (_series.Count >= limits.Series)
        {
            RemoveSilent(reading.Point.Time);
        }

        if (_series.Count >= limits.Series)
        {
            return null;
        }

        series = new(reading.Resource, reading.Instrument, attributes);
        _series.Add(key, series);
        return series;
    }

    private void RemoveSilent(long now)
    {
        foreach (var (key, series) in _series.Where(s => s.Value.LastTime + s.Value.Silence < now).ToList())
        {
            _series.Remove(key);
            _points -= series.Count;
        }
    }

    // Down to three quarters, so that the next points do not pay for it again.
    private void ThinAll()
    {
        var capacity = limits.MeterPoints * 3 / 4 / _series.Count;
        while (_points > limits.MeterPoints * 3 / 4 && capacity >= 4)
        {
            _points = 0;
            foreach (var series in _series.Values)
            {
                series.Thin(capacity);
                _points += series.Count;
            }

            capacity /= 2;
        }
    }
}
