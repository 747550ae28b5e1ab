namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>The spans of one trace in order of arrival. Guarded by its store.</summary>
internal sealed class Trace(UInt128 id)
{
    private readonly List<Span> _spans = [];

    public UInt128 Id => id;

    public int Count => _spans.Count;

    public long Bytes { get; private set; }

    public void Add(Span span)
    {
        _spans.Add(span);
        Bytes += SizeOf(span);
    }

    public Span[] ToArray() => [.. _spans];

    /// <summary>What a span costs: its record and the object around it.</summary>
    public static long SizeOf(Span span) => span.Encoded.Length + 200L;
}
