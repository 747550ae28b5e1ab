namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>A log record as lists need it; its attributes stay in <see cref="Encoded"/> until someone looks.</summary>
internal sealed record LogEntry(TelemetryResource Resource, string Category, byte[] Encoded)
{
    /// <summary>Position in the order of arrival, from 1; given by the store.</summary>
    public long Id { get; init; }

    /// <summary>Unix time in nanoseconds.</summary>
    public long Time { get; init; }

    /// <summary>OTLP severity number, 1 (trace) to 24 (fatal); 0 when not said.</summary>
    public int Severity { get; init; }

    public required string Message { get; init; }

    public UInt128 TraceId { get; init; }

    public ulong SpanId { get; init; }
}
