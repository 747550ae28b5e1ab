namespace Cybertemp.Mail.Mime.Attachments;

/// <summary>What an iCalendar object (RFC 5545) is about.</summary>
internal static class CalendarEvent
{
    private static readonly string[] Shown = ["SUMMARY", "DTSTART", "LOCATION", "DESCRIPTION"];

    /// <summary>The first summary, or null.</summary>
    public static string? Summary(string calendar) => Property(Unfold(calendar), "SUMMARY");

    /// <summary>
    /// Summary, start, place and description of the first event, each on lines of its own; null without a summary.
    /// </summary>
    public static string? Describe(string calendar)
    {
        var unfolded = Unfold(calendar);
        var start = Math.Max(unfolded.IndexOf("\nBEGIN:VEVENT", StringComparison.OrdinalIgnoreCase), 0);
        var lines = Shown.Select(name => Property(unfolded[start..], name)).ToList();
        return lines[0] is null ? null : string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line)));
    }

    /// <summary>RFC 5545 §3.1.</summary>
    private static string Unfold(string calendar) => calendar
        .Replace("\n ", "", StringComparison.Ordinal).Replace("\n\t", "", StringComparison.Ordinal);

    private static string? Property(string calendar, string name)
    {
        foreach (var line in calendar.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && line[name.Length..] is [':' or ';', ..]
                && line.IndexOf(':') is var colon and > 0)
            {
                return Unescape(line[(colon + 1)..].ToString());
            }
        }

        return null;
    }

    /// <summary>RFC 5545 §3.3.11.</summary>
    private static string Unescape(string text) => text
        .Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal)
        .Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal).Trim();
}
