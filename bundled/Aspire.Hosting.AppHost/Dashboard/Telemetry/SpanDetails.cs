namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>What a span says beyond its place in the trace.</summary>
internal sealed class SpanDetails
{
    public List<KeyValuePair<string, string>> Attributes { get; } = [];

    public List<SpanEvent> Events { get; } = [];

    public List<SpanLink> Links { get; } = [];

    public string StatusMessage { get; set; } = "";
}
