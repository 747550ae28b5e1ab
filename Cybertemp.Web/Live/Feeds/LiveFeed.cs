namespace Cybertemp.Web.Live.Feeds;

/// <summary>
/// The listeners of one key, and which of the newest messages they were told of already, in which order. It outlives
/// its last listener a little, so that one who comes back is told what came meanwhile. Thread-safe.
/// </summary>
internal sealed class LiveFeed(LiveKey key, TimeProvider time)
{
    /// <summary>Beyond it the oldest are told again, should they be found again.</summary>
    private const int MaxKnown = 20_000;

    private readonly Lock _lock = new();
    private readonly HashSet<LiveListener> _listeners = [];
    private HashSet<Guid>? _known;
    private Queue<(Guid Id, bool IsArrival)>? _order;
    private long _leftAt = time.GetTimestamp();
    private bool _hasEnded;

    public LiveKey Key => key;

    /// <summary>How many listen.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _listeners.Count;
            }
        }
    }

    /// <summary>Completes once what was there before is known.</summary>
    public Task? Primed { get; set; }

    /// <summary>Null when it has just ended: there is a new one then.</summary>
    public LiveListener? TryJoin()
    {
        lock (_lock)
        {
            if (_hasEnded)
            {
                return null;
            }

            var listener = new LiveListener(this);
            _listeners.Add(listener);
            return listener;
        }
    }

    public void Leave(LiveListener listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
            _leftAt = time.GetTimestamp();
        }
    }

    /// <summary>True once nobody has listened for so long; then nobody can join.</summary>
    public bool TryEnd(TimeSpan unheard)
    {
        lock (_lock)
        {
            _hasEnded |= _listeners.Count == 0 && time.GetElapsedTime(_leftAt) >= unheard;
            return _hasEnded;
        }
    }

    /// <summary>
    /// What came here as seen from a message: since it all that arrived, in that order; early what is newer by time and
    /// came before it. Null when it is not known when the message came.
    /// </summary>
    public (List<Guid> Since, HashSet<Guid> Early)? Around(Guid cursor)
    {
        lock (_lock)
        {
            if (_known?.Contains(cursor) is not true)
            {
                return null;
            }

            // What was there at the beginning came before all that arrived.
            var (since, early) = (new List<Guid>(), new HashSet<Guid>());
            var hasCome = !_order!.Contains((cursor, true));
            foreach (var (id, isArrival) in _order)
            {
                if (hasCome && isArrival)
                {
                    since.Add(id);
                }
                else if (!hasCome && id.CompareTo(cursor) > 0)
                {
                    early.Add(id);
                }

                hasCome |= id == cursor;
            }

            return (since, early);
        }
    }

    /// <summary>What has arrived since a message, in that order; null when that one did not arrive here.</summary>
    public List<Guid>? ArrivedSince(Guid cursor)
    {
        lock (_lock)
        {
            if (_order?.Contains((cursor, true)) is not true)
            {
                return null;
            }

            var later = _order.SkipWhile(a => a.Id != cursor).Skip(1);
            return [.. later.Where(static a => a.IsArrival).Select(static a => a.Id)];
        }
    }

    public bool IsKnown(Guid id)
    {
        lock (_lock)
        {
            return _known?.Contains(id) is true;
        }
    }

    /// <summary>Nobody is told of it.</summary>
    public void Know(Guid id)
    {
        lock (_lock)
        {
            TryKnow(id, isArrival: false);
        }
    }

    /// <summary>Tells every listener, once.</summary>
    public void Deliver(LiveMessage message)
    {
        lock (_lock)
        {
            if (message.Summary is { } summary && !TryKnow(summary.Id, isArrival: true))
            {
                return;
            }

            foreach (var listener in _listeners)
            {
                listener.Deliver(message);
            }
        }
    }

    public void Comment()
    {
        lock (_lock)
        {
            foreach (var listener in _listeners)
            {
                if (listener.WantsComments)
                {
                    listener.Deliver(LiveMessage.Comment);
                }
            }
        }
    }

    public void End()
    {
        lock (_lock)
        {
            foreach (var listener in _listeners)
            {
                listener.End();
            }
        }
    }

    private bool TryKnow(Guid id, bool isArrival)
    {
        _known ??= [];
        _order ??= [];
        if (!_known.Add(id))
        {
            return false;
        }

        _order.Enqueue((id, isArrival));
        if (_order.Count > MaxKnown)
        {
            _known.Remove(_order.Dequeue().Id);
        }

        return true;
    }
}
