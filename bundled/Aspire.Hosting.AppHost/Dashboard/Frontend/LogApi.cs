using System.Globalization;
using Aspire.Hosting.Dashboard.Otlp;
using Aspire.Hosting.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>Log records that match a filter, and one record's attributes.</summary>
internal static class LogApi
{
    private const int MaxRows = 5_000;

    public static void Map(WebApplication app, DashboardState state)
    {
        app.MapGet("/api/logs", (HttpContext context) => Results.Json(List(state, LogFilter.Of(context.Request.Query))));
        app.MapGet("/api/logs/{id:long}", (long id) =>
            Array.Find(state.Logs.ToArray(), e => e.Id == id) is { } entry ? Results.Json(Details(entry)) : Results.NotFound());
        app.MapPost("/api/logs/clear", () => state.Logs.Clear());
    }

    private static object List(DashboardState state, LogFilter filter)
    {
        var kept = state.Logs.ToArray();
        var matching = kept.Where(filter.Matches).ToList();
        return new
        {
            Total = kept.Length,
            Last = kept.Length == 0 ? state.Logs.LastId : kept[^1].Id,
            Rows = matching.Skip(matching.Count - MaxRows).Select(Row),
        };
    }

    private static object Row(LogEntry entry) => new
    {
        entry.Id,
        Time = Milliseconds(entry.Time),
        entry.Severity,
        Resource = entry.Resource.Name,
        entry.Resource.Service,
        entry.Category,
        entry.Message,
        TraceId = Hex(entry.TraceId),
        SpanId = Hex(entry.SpanId),
    };

    private static object Details(LogEntry entry) => new
    {
        Row = Row(entry),
        Attributes = OtlpLogs.ReadAttributes(entry.Encoded),
    };

    /// <summary>Unix milliseconds, with a fraction.</summary>
    public static double Milliseconds(long nanoseconds) => nanoseconds / 1e6;

    /// <summary>A trace id as W3C trace context writes it; null for none.</summary>
    public static string? Hex(UInt128 id) => id == 0 ? null : id.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>A span id as W3C trace context writes it; null for none.</summary>
    public static string? Hex(ulong id) => id == 0 ? null : id.ToString("x16", CultureInfo.InvariantCulture);
}
