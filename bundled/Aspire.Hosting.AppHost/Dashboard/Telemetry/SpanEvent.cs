namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Something that happened during a span, an exception above all.</summary>
internal sealed record SpanEvent(long Time, string Name, IReadOnlyList<KeyValuePair<string, string>> Attributes);
