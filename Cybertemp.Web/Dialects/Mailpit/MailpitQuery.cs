using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Search;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.Mailpit;

/// <summary>Reads <c>start</c>, <c>limit</c>, <c>query</c> and <c>tz</c>.</summary>
internal static class MailpitQuery
{
    private const int DefaultLimit = 50;
    private const int MaxStart = 100_000;

    private static readonly Problem UnknownZone = new(
        400, "unknown-time-zone", "The time zone is not known", "tz is a name such as Pacific/Auckland.");

    /// <summary>Null when the query is well-formed. A limit above the most is the most.</summary>
    public static Problem? Read(HttpRequest request, out MessageQuery query)
    {
        var values = new QueryReader(request.Query);
        var limit = values.Number("limit", DefaultLimit, 0, int.MaxValue, Problem.MalformedLimit);
        query = new MessageQuery(Reader.Operator, "")
        {
            Limit = Math.Min(limit, MessageQuery.MaxLimit),
            Offset = values.Number("start", 0, 0, MaxStart, Problem.MalformedOffset),
            Search = Search(values.One("query"), values),
        };
        return values.Problem;
    }

    /// <summary>Words are looked for in texts too. All mail for null; a malformed one is the query's problem.</summary>
    public static SearchQuery Search(string? text, QueryReader values)
    {
        var zone = TimeZoneInfo.Utc;
        if (values.One("tz") is { Length: > 0 } name
            && !(IsZoneName(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone)))
        {
            values.Fail(UnknownZone);
        }

        if (text is null)
        {
            return SearchQuery.All;
        }

        if (!SearchQuery.TryParse(text, out var search, zone))
        {
            values.Fail(Problem.MalformedSearch);
        }

        return (search ?? SearchQuery.All).WithTexts();
    }

    /// <summary>It becomes the name of a file.</summary>
    private static bool IsZoneName(string text) =>
        text[0] != '/' && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');
}
