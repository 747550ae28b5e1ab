using System.Runtime.InteropServices;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>Sessions, connections and messages of each client. Exempt clients are not counted. Thread-safe.</summary>
internal sealed class ClientLimits(SmtpOptions options, TimeProvider time)
{
    private readonly RateLimiter<ClientKey> _connections = new(options.MaxConnectionsPerMinutePerClient, time);
    private readonly RateLimiter<ClientKey> _messages = new(options.MaxMessagesPerMinutePerClient, time);
    private readonly Dictionary<ClientKey, int> _sessions = [];
    private readonly Lock _lock = new();

    /// <summary>Counts a session.</summary>
    /// <returns>Null; otherwise the reply to a client that has too many: it is not counted then.</returns>
    public SmtpReply? Enter(SmtpPeer peer)
    {
        if (peer.IsExempt)
        {
            return null;
        }

        var key = ClientKey.Of(peer.Address);
        if (!_connections.TryTake(key))
        {
            return SmtpReply.TooManyConnections;
        }

        lock (_lock)
        {
            ref var sessions = ref CollectionsMarshal.GetValueRefOrAddDefault(_sessions, key, out _);
            if (sessions >= options.MaxSessionsPerClient)
            {
                return SmtpReply.TooManySessions;
            }

            sessions++;
            return null;
        }
    }

    /// <summary>Once for each <see cref="Enter"/> that let the client in.</summary>
    public void Leave(SmtpPeer peer)
    {
        if (peer.IsExempt)
        {
            return;
        }

        var key = ClientKey.Of(peer.Address);
        lock (_lock)
        {
            if (--CollectionsMarshal.GetValueRefOrNullRef(_sessions, key) == 0)
            {
                _sessions.Remove(key);
            }
        }
    }

    public bool TryTakeMessage(SmtpPeer peer) => peer.IsExempt || _messages.TryTake(ClientKey.Of(peer.Address));
}
