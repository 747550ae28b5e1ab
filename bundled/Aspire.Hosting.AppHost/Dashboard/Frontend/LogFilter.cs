using System.Globalization;
using Aspire.Hosting.Dashboard.Otlp;
using Aspire.Hosting.Dashboard.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>Which log records a page asks for.</summary>
internal sealed record LogFilter(long After, int MinSeverity, string? Resource, string Text, UInt128 TraceId)
{
    public static LogFilter Of(IQueryCollection query) => new(
        long.TryParse(query["after"], CultureInfo.InvariantCulture, out var after) ? after : 0,
        int.TryParse(query["severity"], CultureInfo.InvariantCulture, out var severity) ? severity : 0,
        query["resource"],
        query["text"].ToString().Trim(),
        UInt128.TryParse(query["trace"], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var trace) ? trace : 0);

    public bool Matches(LogEntry entry) =>
        entry.Id > After
        && entry.Severity >= MinSeverity
        && (TraceId == 0 || entry.TraceId == TraceId)
        && entry.Resource.Matches(Resource)
        && (Text.Length == 0 || HasText(entry));

    private bool HasText(LogEntry entry) =>
        entry.Message.Contains(Text, StringComparison.OrdinalIgnoreCase)
        || entry.Category.Contains(Text, StringComparison.OrdinalIgnoreCase)
        || OtlpLogs.ReadAttributes(entry.Encoded).Exists(a => a.Value.Contains(Text, StringComparison.OrdinalIgnoreCase));
}
