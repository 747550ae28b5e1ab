using Cybertemp.Web.Messages;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Live;

/// <summary>
/// From where a stream goes on: what a browser that comes back sends goes before what its address says.
/// </summary>
internal static class EventCursor
{
    /// <summary>Null when the header is none or well-formed.</summary>
    public static Problem? Read(HttpRequest request, ref MessageQuery query)
    {
        query = query with { Before = null };
        if (request.Headers["Last-Event-ID"] is not [{ Length: > 0 } last])
        {
            return null;
        }

        var isId = MessageId.TryParse(last, out var id);
        query = query with { After = id };
        return isId ? null : Problem.MalformedCursor;
    }
}
