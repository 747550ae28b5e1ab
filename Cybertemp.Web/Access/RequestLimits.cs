using Cybertemp.Mail.Clients;
using Cybertemp.Web.Requests;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Access;

/// <summary>
/// How much a client may ask for. Clients of <see cref="WebOptions.UnlimitedNetworks"/> are not counted; guesses at one
/// address's password are, from wherever they come. Thread-safe.
/// </summary>
internal sealed class RequestLimits
{
    private readonly NetworkList _unlimited;
    private readonly TokenBuckets<ClientKey> _requests;
    private readonly TokenBuckets<ClientKey> _guesses;
    private readonly TokenBuckets<string> _guessesAtAddress;
    private readonly TokenBuckets<ClientKey> _inboxes;
    private readonly WebMetrics _metrics;
    private readonly Problem _tooManyRequests;
    private readonly Problem _tooManySessions;
    private readonly Problem _tooManyInboxes;

    public RequestLimits(IOptions<WebOptions> options, WebMetrics metrics, TimeProvider time)
    {
        var (requests, sessions) = (options.Value.MaxRequestsPerMinute, options.Value.MaxSessionsPerMinute);
        var inboxes = options.Value.MaxInboxesPerMinute;
        _metrics = metrics;
        _unlimited = NetworkList.Parse(options.Value.UnlimitedNetworks);
        _requests = new TokenBuckets<ClientKey>(requests, time);
        _guesses = new TokenBuckets<ClientKey>(sessions, time);
        _guessesAtAddress = new TokenBuckets<string>(sessions, time);
        _inboxes = new TokenBuckets<ClientKey>(inboxes, time);
        _tooManyInboxes = Problem.TooManyInboxes(SecondsUntilNext(inboxes));
        _tooManyRequests = Problem.TooManyRequests(SecondsUntilNext(requests));
        _tooManySessions = Problem.TooManySessions(SecondsUntilNext(sessions));
    }

    /// <summary>Null when the client may ask.</summary>
    public Problem? Refuse(HttpContext context)
    {
        if (context.Counted(_unlimited) is not { } client || _requests.TryTake(client))
        {
            return null;
        }

        _metrics.Refused(WebMetrics.Requests);
        return _tooManyRequests;
    }

    /// <summary>Null when the client may try a password of that address.</summary>
    public Problem? RefuseSession(HttpContext context, string address)
    {
        if ((context.Counted(_unlimited) is not { } client || _guesses.TryTake(client))
            && _guessesAtAddress.TryTake(address))
        {
            return null;
        }

        _metrics.Refused(WebMetrics.Sessions);
        return _tooManySessions;
    }

    /// <summary>Null when the client may have an inbox of which something is stored.</summary>
    public Problem? RefuseInbox(HttpContext context)
    {
        if (context.Counted(_unlimited) is not { } client || _inboxes.TryTake(client))
        {
            return null;
        }

        _metrics.Refused(WebMetrics.Inboxes);
        return _tooManyInboxes;
    }

    private static int SecondsUntilNext(int perMinute) => (int)Math.Ceiling(60d / Math.Max(perMinute, 1));
}
