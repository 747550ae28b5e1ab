using System.Runtime.InteropServices;
using Cybertemp.Mail.Clients;
using Cybertemp.SmtpReceiver.Smtp.Listening;

namespace Cybertemp.SmtpReceiver.Smtp.Limits;

/// <summary>
/// Sessions, connections and messages of each client, and of the larger IPv6 networks that one customer or provider can
/// have. Exempt clients are not counted. Thread-safe.
/// </summary>
internal sealed class ClientLimits
{
    /// <summary>A /48 is one site with many a /64, a /32 one provider: what they have more than a client.</summary>
    private static readonly (byte Bits, int Factor)[] Networks = [(48, 4), (32, 20)];

    private readonly int _maxSessions;
    private readonly TokenBuckets<ClientKey>[] _connections;
    private readonly TokenBuckets<ClientKey>[] _messages;
    private readonly Dictionary<ClientKey, int> _sessions = [];
    private readonly Lock _lock = new();

    public ClientLimits(SmtpOptions options, TimeProvider time)
    {
        _maxSessions = options.MaxSessionsPerClient;
        _connections = Limiters(options.MaxConnectionsPerMinutePerClient, time);
        _messages = Limiters(options.MaxMessagesPerMinutePerClient, time);
    }

    /// <summary>Counts a session.</summary>
    /// <param name="isFirst">The client had none.</param>
    /// <returns>Null; otherwise the reply to a client that has too many: it is not counted then.</returns>
    public SmtpReply? Enter(SmtpPeer peer, out bool isFirst)
    {
        isFirst = false;
        if (peer.IsExempt)
        {
            return null;
        }

        var keys = Keys(peer);
        if (!TryTake(_connections, keys))
        {
            return SmtpReply.TooManyConnections;
        }

        lock (_lock)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                if (_sessions.GetValueOrDefault(keys[i]) >= _maxSessions * Factor(i))
                {
                    return SmtpReply.TooManySessions;
                }
            }

            isFirst = !_sessions.ContainsKey(keys[0]);
            foreach (var key in keys)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_sessions, key, out _)++;
            }

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

        lock (_lock)
        {
            foreach (var key in Keys(peer))
            {
                if (--CollectionsMarshal.GetValueRefOrNullRef(_sessions, key) == 0)
                {
                    _sessions.Remove(key);
                }
            }
        }
    }

    public bool TryTakeMessage(SmtpPeer peer) => peer.IsExempt || TryTake(_messages, Keys(peer));

    private static TokenBuckets<ClientKey>[] Limiters(int perMinute, TimeProvider time) =>
    [
        .. Enumerable.Range(0, Networks.Length + 1)
            .Select(level => new TokenBuckets<ClientKey>(perMinute * Factor(level), time)),
    ];

    private static int Factor(int level) => level == 0 ? 1 : Networks[level - 1].Factor;

    /// <summary>From the narrowest to the widest.</summary>
    private static ClientKey[] Keys(SmtpPeer peer)
    {
        var key = ClientKey.Of(peer.Address);
        return key.IsIPv4 ? [key] : [key, .. Networks.Select(network => key.Network(network.Bits))];
    }

    private static bool TryTake(TokenBuckets<ClientKey>[] limiters, ClientKey[] keys)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (!limiters[i].TryTake(keys[i]))
            {
                return false;
            }
        }

        return true;
    }
}
