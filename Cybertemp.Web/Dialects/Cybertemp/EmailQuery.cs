using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>Reads <c>email</c>, <c>limit</c> and <c>offset</c>.</summary>
internal static class EmailQuery
{
    private const int MaxOffset = 100_000;

    /// <summary>Null when the query is well-formed. A limit above the most is the most.</summary>
    public static Problem? Read(HttpContext context, out MessageQuery query)
    {
        var values = new QueryReader(context.Request.Query);
        if (!InboxAddress.TryParse(Address(values.One("email")), out var inbox))
        {
            values.Fail(Problem.MalformedAddress);
        }

        var limit = values.Number("limit", MessageQuery.DefaultLimit, 1, int.MaxValue, Problem.MalformedLimit);
        query = new MessageQuery(context.Reader().In(inbox), inbox)
        {
            Limit = Math.Min(limit, MessageQuery.MaxLimit),
            Offset = values.Number("offset", 0, 0, MaxOffset, Problem.MalformedOffset),
        };
        return values.Problem;
    }

    /// <summary>Wrappers write the address as it is, and a plus in a query is a blank.</summary>
    private static string? Address(string? given) =>
        given?.Contains('"', StringComparison.Ordinal) is true ? given : given?.Trim().Replace(' ', '+');
}
