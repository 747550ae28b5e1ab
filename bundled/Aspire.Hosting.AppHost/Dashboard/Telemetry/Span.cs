namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>A span as lists need it; attributes, events and links stay in <see cref="Encoded"/> until someone looks.</summary>
internal sealed record Span(TelemetryResource Resource, string Scope, byte[] Encoded)
{
    public required UInt128 TraceId { get; init; }

    public required ulong SpanId { get; init; }

    public ulong ParentId { get; init; }

    public required string Name { get; init; }

    public int Kind { get; init; }

    /// <summary>Unix time in nanoseconds.</summary>
    public long Start { get; init; }

    /// <summary>Unix time in nanoseconds, never before <see cref="Start"/>.</summary>
    public long End { get; init; }

    public bool IsError { get; init; }
}
