using System.Globalization;
using Aspire.Hosting.Dashboard.Otlp;
using Aspire.Hosting.Dashboard.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>Which traces a page asks for.</summary>
internal sealed record TraceFilter(string? Resource, string Text, bool ErrorsOnly, double MinMilliseconds)
{
    public static TraceFilter Of(IQueryCollection query) => new(
        query["resource"],
        query["text"].ToString().Trim(),
        query["errors"] == "1",
        double.TryParse(query["min"], CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : 0);

    public bool Matches(Span[] spans) =>
        (!ErrorsOnly || Array.Exists(spans, static s => s.IsError))
        && (string.IsNullOrEmpty(Resource) || Array.Exists(spans, s => s.Resource.Matches(Resource)))
        && (MinMilliseconds <= 0 || LogApi.Milliseconds(spans.Max(static s => s.End) - spans.Min(static s => s.Start)) >= MinMilliseconds)
        && (Text.Length == 0 || Array.Exists(spans, HasText));

    private bool HasText(Span span) =>
        span.Name.Contains(Text, StringComparison.OrdinalIgnoreCase)
        || LogApi.Hex(span.TraceId)!.StartsWith(Text, StringComparison.OrdinalIgnoreCase)
        || HasText(OtlpSpans.ReadDetails(span.Encoded));

    private bool HasText(SpanDetails details) =>
        details.Attributes.Concat(details.Events.SelectMany(static e => e.Attributes))
            .Any(a => a.Value.Contains(Text, StringComparison.OrdinalIgnoreCase));
}
