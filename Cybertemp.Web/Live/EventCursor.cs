using Cybertemp.Web.Messages;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Live;

/// <summary>
/// From where a stream goes on: what a browser that comes back sends goes before what its address says.
/// </summary>
internal static class EventCursor
{
    private const string Header = "Last-Event-ID";

    /// <summary>The client had a stream before, perhaps of another process.</summary>
    public static bool IsOfReturn(HttpRequest request) => request.Headers.ContainsKey(Header);

    /// <summary>Null when the header is none or well-formed.</summary>
    public static Problem? Read(HttpRequest request, ref MessageQuery query)
    {
        query = query with { Before = null };
        if (request.Headers[Header] is not [{ Length: > 0 } last])
        {
            return null;
        }

        var isId = MessageId.TryParse(last, out var id);
        query = query with { After = id };
        return isId ? null : Problem.MalformedCursor;
    }
}
