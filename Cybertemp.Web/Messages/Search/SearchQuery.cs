using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cybertemp.Web.Messages.Search;

/// <summary>
/// What an operator types: words, each to be found, and <c>from: to: subject: text: message-id: has:attachment is:read
/// is:unread before: after: larger: smaller:</c>; a minus or an exclamation mark before a word negates it, quotes keep
/// words together, a date is a day in UTC. Immutable.
/// </summary>
internal sealed record SearchQuery
{
    private const int MaxLength = 1_000;
    private const int MaxTerms = 20;

    private static readonly string[] DateForms =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
    ];

    public static readonly SearchQuery All = new();

    public IReadOnlyList<SearchTerm> Terms { get; private init; } = [];

    /// <summary>Null: with or without.</summary>
    public bool? HasAttachment { get; private init; }

    /// <summary>Null: read or not.</summary>
    public bool? IsRead { get; private init; }

    /// <summary>Received before; UTC.</summary>
    public DateTime? Before { get; private init; }

    /// <summary>Received then or later; UTC.</summary>
    public DateTime? After { get; private init; }

    /// <summary>In octets, of the whole mail; null: of any size.</summary>
    public int? LargerThan { get; private init; }

    /// <summary>In octets, of the whole mail; null: of any size.</summary>
    public int? SmallerThan { get; private init; }

    /// <summary>The same where words are looked for in texts too: slow, since every one of them is read.</summary>
    public SearchQuery WithTexts() => this with
    {
        Terms =
        [
            .. Terms.Select(static t => t.Field is SearchField.Any ? t with { Field = SearchField.Everywhere } : t),
        ],
    };

    /// <summary>False for what is too long, or has a value that makes no sense.</summary>
    /// <param name="text">The query.</param>
    /// <param name="query">What it asks for.</param>
    /// <param name="zone">Where days begin; null for UTC.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out SearchQuery? query, TimeZoneInfo? zone = null)
    {
        query = text.Length <= MaxLength && !text.Contains('\0', StringComparison.Ordinal) ? All : null;
        for (var rest = text.AsSpan().TrimStart(); query is not null && !rest.IsEmpty; rest = rest.TrimStart())
        {
            var isNegated = rest is ['-' or '!', ..];
            rest = isNegated ? rest[1..] : rest;
            var colon = rest.IndexOfAny(": \"") is var at and > 0 && rest[at] == ':' ? at : -1;
            var name = colon > 0 ? rest[..colon] : default;
            var isKnown = name is "from" or "to" or "subject" or "text" or "message-id" or "has" or "is" or "before"
                or "after" or "larger" or "smaller";
            rest = isKnown ? rest[(colon + 1)..] : rest;
            var value = TakeValue(ref rest);
            query = query.With(isKnown ? name.ToString() : "", value.ToString(), isNegated, zone ?? TimeZoneInfo.Utc);
        }

        return query is not null;
    }

    private static ReadOnlySpan<char> TakeValue(ref ReadOnlySpan<char> rest)
    {
        var isQuoted = rest is ['"', ..];
        rest = isQuoted ? rest[1..] : rest;
        var end = rest.IndexOf(isQuoted ? '"' : ' ');
        var value = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return value;
    }

    private SearchQuery? With(string name, string value, bool isNegated, TimeZoneInfo zone) => (name, value) switch
    {
        ("has", "attachment" or "attachments") => this with { HasAttachment = !isNegated },
        ("is", "read") => this with { IsRead = !isNegated },
        ("is", "unread") => this with { IsRead = isNegated },
        ("has" or "is", _) => null,
        ("before", _) => Time(value, zone) is { } time && !isNegated ? this with { Before = time } : null,
        ("after", _) => Time(value, zone) is { } time && !isNegated ? this with { After = time } : null,
        ("larger", _) => Octets(value) is { } octets && !isNegated ? this with { LargerThan = octets } : null,
        ("smaller", _) => Octets(value) is { } octets && !isNegated ? this with { SmallerThan = octets } : null,
        (_, "") => this,
        ("from", _) => With(SearchField.From, value, isNegated),
        ("to", _) => With(SearchField.To, value, isNegated),
        ("subject", _) => With(SearchField.Subject, value, isNegated),
        ("text", _) => With(SearchField.Text, value, isNegated),
        ("message-id", _) => With(SearchField.MessageId, value.Trim('<', '>'), isNegated),
        _ => With(SearchField.Any, value, isNegated),
    };

    private SearchQuery? With(SearchField field, string value, bool isNegated) =>
        Terms.Count < MaxTerms ? this with { Terms = [.. Terms, new SearchTerm(field, value, isNegated)] } : null;

    private static DateTime? Time(string value, TimeZoneInfo zone) =>
        DateTime.TryParseExact(value, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && !zone.IsInvalidTime(local)
            ? TimeZoneInfo.ConvertTimeToUtc(local, zone)
            : null;

    /// <summary>
    /// A whole number of octets, of kibibytes with a <c>K</c> behind it, or of mebibytes with an <c>M</c>.
    /// </summary>
    private static int? Octets(string value)
    {
        var (digits, factor) = value switch
        {
            [.. var k, 'k' or 'K'] => (k, 1024),
            [.. var m, 'm' or 'M'] => (m, 1024 * 1024),
            _ => (value, 1),
        };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= int.MaxValue / factor
            ? number * factor
            : null;
    }
}
