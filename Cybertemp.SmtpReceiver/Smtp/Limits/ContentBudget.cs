using System.Runtime.InteropServices;
using Cybertemp.Mail.Clients;

namespace Cybertemp.SmtpReceiver.Smtp.Limits;

/// <summary>
/// Octets of content in memory: in total, and the share of each client, exempt or not. Of both an eighth is for small
/// messages alone, so that they pass while large ones fill the rest. Nobody waits for room: it is there or it is not.
/// Thread-safe.
/// </summary>
/// <param name="limit">Octets.</param>
/// <param name="limitPerClient">Octets.</param>
internal sealed class ContentBudget(long limit, long limitPerClient)
{
    /// <summary>Octets of the largest message that is small.</summary>
    public const int SmallMessageBytes = 256 * 1024;

    private const int SmallPart = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<ClientKey, Usage> _clients = [];
    private Usage _total;

    public long Limit => limit;

    public long LimitPerClient => limitPerClient;

    public long Used
    {
        get
        {
            lock (_lock)
            {
                return _total.Octets;
            }
        }
    }

    /// <summary>
    /// The least limit under which a message of so many octets can be received: its array grows by moving, and the
    /// small part is not for it.
    /// </summary>
    public static long LeastLimitFor(long messageBytes) =>
        Math.Max(2 * SmallMessageBytes, (2 * messageBytes) + (2 * messageBytes / (SmallPart - 1)) + 1);

    /// <summary>Takes room for a part of a message.</summary>
    /// <returns>Null; otherwise the reply that names the limit in the way: nothing is taken then.</returns>
    public SmtpReply? Take(in ClientKey client, long octets, bool isLarge)
    {
        lock (_lock)
        {
            var total = _total.Plus(octets, isLarge);
            if (!total.Fits(limit))
            {
                return SmtpReply.MemoryFull;
            }

            ref var share = ref CollectionsMarshal.GetValueRefOrAddDefault(_clients, client, out _);
            var ofClient = share.Plus(octets, isLarge);
            if (!ofClient.Fits(limitPerClient))
            {
                RemoveIfEmpty(client, share);
                return SmtpReply.ClientMemoryFull;
            }

            (_total, share) = (total, ofClient);
            return null;
        }
    }

    /// <summary>What <see cref="Take"/> let pass.</summary>
    public void Release(in ClientKey client, long octets, bool isLarge)
    {
        lock (_lock)
        {
            _total = _total.Plus(-octets, isLarge);
            ref var share = ref CollectionsMarshal.GetValueRefOrNullRef(_clients, client);
            share = share.Plus(-octets, isLarge);
            RemoveIfEmpty(client, share);
        }
    }

    private void RemoveIfEmpty(in ClientKey client, Usage share)
    {
        if (share.Octets == 0)
        {
            _clients.Remove(client);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Usage(long Octets, long LargeOctets)
    {
        public Usage Plus(long octets, bool isLarge) => new(Octets + octets, LargeOctets + (isLarge ? octets : 0));

        public bool Fits(long limit) => Octets <= limit && LargeOctets <= limit - (limit / SmallPart);
    }
}
