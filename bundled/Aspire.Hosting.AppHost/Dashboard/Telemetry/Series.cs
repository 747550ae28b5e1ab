namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>
/// The points of one instrument, sender and set of attributes. A flat run costs two points. At its capacity it thins its
/// older half, so the newest minutes stay exact and the oldest stay in sight. Guarded by its store.
/// </summary>
internal sealed class Series(
    TelemetryResource resource, Instrument instrument, IReadOnlyList<KeyValuePair<string, string>> attributes)
{
    private static readonly long ShortestSilence = Nanoseconds(TimeSpan.FromSeconds(5));
    private static readonly long LongestSilence = Nanoseconds(TimeSpan.FromMinutes(3));

    private readonly List<MeterPoint> _points = [];
    private long _interval;

    public TelemetryResource Resource => resource;

    public Instrument Instrument => instrument;

    public IReadOnlyList<KeyValuePair<string, string>> Attributes => attributes;

    public int Count => _points.Count;

    public long LastTime => _points.Count == 0 ? 0 : _points[^1].Time;

    /// <summary>After this long without a point the sender is taken to be gone, nanoseconds.</summary>
    public long Silence => Math.Clamp(_interval * 3, ShortestSilence, LongestSilence);

    public static long Nanoseconds(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Adds a point that is newer than all others; an older one is dropped.</summary>
    public void Add(MeterPoint point, bool isDelta)
    {
        if (_points.Count > 0 && point.Time <= LastTime)
        {
            return;
        }

        _interval = _points.Count == 0 ? 0 : point.Time - LastTime;
        var state = isDelta && _points.Count > 0 ? Accumulate(_points[^1], point) : point;
        if (_points.Count >= 2 && _points[^1].SameState(state) && _points[^2].SameState(state))
        {
            _points[^1] = state;
        }
        else
        {
            _points.Add(state);
        }
    }

    /// <summary>Drops what is older than a time, but for the last such point, which tells the state since then.</summary>
    public void Trim(long oldest)
    {
        var firstKept = _points.FindIndex(point => point.Time >= oldest);
        if (firstKept > 1)
        {
            _points.RemoveRange(0, firstKept - 1);
        }
    }

    /// <summary>Removes every second point of the older half until at most <paramref name="capacity"/> are left.</summary>
    public void Thin(int capacity)
    {
        while (_points.Count > Math.Max(capacity, 4))
        {
            var (half, kept) = (_points.Count / 2, 0);
            for (var i = 0; i < half; i += 2)
            {
                _points[kept++] = _points[i];
            }

            _points.RemoveRange(kept, half - kept);
        }
    }

    public MeterPoint[] ToArray() => [.. _points];

    private static MeterPoint Accumulate(MeterPoint last, MeterPoint delta) => new(
        delta.Time,
        last.Value + delta.Value,
        delta.Distribution is { } added ? Distribution.Add(last.Distribution, added) : null);
}
