namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>A span of this or another trace that belongs to this one without being its parent.</summary>
internal sealed record SpanLink(UInt128 TraceId, ulong SpanId, IReadOnlyList<KeyValuePair<string, string>> Attributes);
