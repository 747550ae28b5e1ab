using System.Globalization;
using Aspire.Hosting.Dashboard.Otlp;
using Aspire.Hosting.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>Traces that match a filter, and one trace's spans with all they say.</summary>
internal static class TraceApi
{
    private const int MaxRows = 500;
    private const int MaxDetail = 160;
    private static readonly string[] Told = ["url.path", "http.route", "url.full", "db.query.summary", "db.query.text", "db.statement"];

    public static void Map(WebApplication app, DashboardState state)
    {
        app.MapGet("/api/traces", (HttpContext context) => Results.Json(List(state, TraceFilter.Of(context.Request.Query))));
        app.MapGet("/api/traces/{id}", (string id) =>
            UInt128.TryParse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var traceId)
            && state.Traces.Find(traceId) is { Length: > 0 } spans
                ? Results.Json(Details(spans, state.Logs.ToArray().Count(e => e.TraceId == traceId)))
                : Results.NotFound());
        app.MapPost("/api/traces/clear", () => state.Traces.Clear());
    }

    private static object List(DashboardState state, TraceFilter filter)
    {
        var traces = state.Traces.ToList();
        return new { Total = traces.Count, Rows = traces.Where(filter.Matches).Take(MaxRows).Select(Row) };
    }

    private static object Row(Span[] spans)
    {
        var start = spans.Min(static s => s.Start);
        var root = Root(spans);
        return new
        {
            Id = LogApi.Hex(root.TraceId),
            root.Name,
            Detail = Detail(root),
            Resource = root.Resource.Name,
            root.Resource.Service,
            Time = LogApi.Milliseconds(start),
            Duration = LogApi.Milliseconds(spans.Max(static s => s.End) - start),
            Spans = spans.Length,
            Errors = spans.Count(static s => s.IsError),
            Senders = spans.GroupBy(static s => s.Resource).Select(static g => new
            {
                Resource = g.Key.Name,
                g.Key.Service,
                Spans = g.Count(),
                Errors = g.Count(static s => s.IsError),
            }),
        };
    }

    // What the name leaves open, by the names of the semantic conventions.
    private static string? Detail(Span span)
    {
        var attributes = OtlpSpans.ReadDetails(span.Encoded).Attributes;
        var text = Told.Select(name => attributes.Find(a => a.Key == name).Value).FirstOrDefault(static value => value is not null);
        return text is { Length: > MaxDetail } ? $"{text.AsSpan(0, MaxDetail)}…" : text;
    }

    // The root may not have arrived yet, or never will: then the earliest span speaks for the trace.
    private static Span Root(Span[] spans) =>
        spans.OrderBy(static s => s.ParentId == 0 ? 0 : 1).ThenBy(static s => s.Start).First();

    private static object Details(Span[] spans, int logs) => new
    {
        Trace = Row(spans),
        Logs = logs,
        Spans = spans.OrderBy(static s => s.Start).ThenByDescending(static s => s.End).Select(Details),
    };

    private static object Details(Span span)
    {
        var details = OtlpSpans.ReadDetails(span.Encoded);
        return new
        {
            Id = LogApi.Hex(span.SpanId),
            Parent = LogApi.Hex(span.ParentId),
            span.Name,
            Resource = span.Resource.Name,
            span.Resource.Service,
            span.Scope,
            span.Kind,
            Start = LogApi.Milliseconds(span.Start),
            Duration = LogApi.Milliseconds(span.End - span.Start),
            Error = span.IsError,
            Status = details.StatusMessage,
            details.Attributes,
            Events = details.Events.Select(static e => new { Time = LogApi.Milliseconds(e.Time), e.Name, e.Attributes }),
            Links = details.Links.Select(static l => new { Trace = LogApi.Hex(l.TraceId), Span = LogApi.Hex(l.SpanId), l.Attributes }),
        };
    }
}
