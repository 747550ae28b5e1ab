namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>The newest traces, bounded in traces, spans and bytes; a trace goes as a whole. Thread-safe.</summary>
internal sealed class TraceStore(TelemetryLimits limits)
{
    private readonly Dictionary<UInt128, Trace> _traces = [];
    private readonly Queue<Trace> _order = new();
    private readonly Lock _gate = new();
    private long _version;
    private int _spans;
    private long _bytes;

    /// <summary>Grows with each change.</summary>
    public long Version => Interlocked.Read(ref _version);

    public void Add(IReadOnlyList<Span> spans)
    {
        lock (_gate)
        {
            foreach (var span in spans)
            {
                Add(span);
            }

            while (_traces.Count > limits.Traces || _spans > limits.Spans || _bytes > limits.SpanBytes)
            {
                RemoveOldest();
            }

            _version++;
        }
    }

    /// <summary>The spans of each trace, the trace that began to arrive last first.</summary>
    public List<Span[]> ToList()
    {
        lock (_gate)
        {
            var traces = new List<Span[]>(_order.Count);
            traces.AddRange(_order.Reverse().Select(static trace => trace.ToArray()));
            return traces;
        }
    }

    /// <summary>The spans of a trace; empty when it is not, or no longer, kept.</summary>
    public Span[] Find(UInt128 id)
    {
        lock (_gate)
        {
            return _traces.TryGetValue(id, out var trace) ? trace.ToArray() : [];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _traces.Clear();
            _order.Clear();
            (_spans, _bytes) = (0, 0);
            _version++;
        }
    }

    private void Add(Span span)
    {
        if (!_traces.TryGetValue(span.TraceId, out var trace))
        {
            trace = new(span.TraceId);
            _traces.Add(span.TraceId, trace);
            _order.Enqueue(trace);
        }

        if (trace.Count < limits.SpansPerTrace)
        {
            trace.Add(span);
            _spans++;
            _bytes += Trace.SizeOf(span);
        }
    }

    private void RemoveOldest()
    {
        var trace = _order.Dequeue();
        _traces.Remove(trace.Id);
        _spans -= trace.Count;
        _bytes -= trace.Bytes;
    }
}
