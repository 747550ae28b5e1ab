using Cybertemp.Web.Access;
using Cybertemp.Web.Messages.Search;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Messages;

/// <summary>Reads a request for messages of an inbox.</summary>
internal static class MessageQueryReader
{
    /// <summary>Null when the query is well-formed.</summary>
    public static Problem? Read(HttpRequest request, string address, Reader reader, out MessageQuery query)
    {
        var values = new QueryReader(request.Query);
        if (!InboxAddress.TryParseSegment(address, out var inbox))
        {
            values.Fail(Problem.MalformedAddress);
        }

        query = new MessageQuery(reader.In(inbox), inbox)
        {
            After = Cursor(values, "after"),
            Before = Cursor(values, "before"),
            Limit = values.Number(
                "limit", MessageQuery.DefaultLimit, 1, MessageQuery.MaxLimit, Problem.MalformedLimit),
            From = values.Text("from"),
            Subject = values.Text("subject"),
        };
        return values.Problem;
    }

    /// <summary>The same for all mail, with <c>q</c> as a search. Null when the query is well-formed.</summary>
    public static Problem? ReadAll(HttpRequest request, Reader reader, out MessageQuery query)
    {
        var values = new QueryReader(request.Query);
        var search = SearchQuery.All;
        if (values.One("q") is { } text && !SearchQuery.TryParse(text, out search))
        {
            values.Fail(Problem.MalformedSearch);
        }

        query = new MessageQuery(reader, "")
        {
            After = Cursor(values, "after"),
            Before = Cursor(values, "before"),
            Limit = values.Number(
                "limit", MessageQuery.DefaultLimit, 1, MessageQuery.MaxLimit, Problem.MalformedLimit),
            Search = search ?? SearchQuery.All,
        };
        return values.Problem;
    }

    private static MessageId? Cursor(QueryReader values, string name)
    {
        if (values.One(name) is not { } text)
        {
            return null;
        }

        if (!MessageId.TryParse(text, out var id))
        {
            values.Fail(Problem.MalformedCursor);
        }

        return id;
    }
}
