namespace Cybertemp.Web.Live.Feeds;

/// <summary>
/// The listeners of one key, and which of the newest messages they were told of already. Lives while it has listeners.
/// Thread-safe.
/// </summary>
internal sealed class LiveFeed(LiveKey key, Action<LiveFeed> ended)
{
    /// <summary>Beyond it the oldest are told again, should they be found again.</summary>
    private const int MaxKnown = 20_000;

    private readonly Lock _lock = new();
    private readonly HashSet<LiveListener> _listeners = [];
    private HashSet<Guid>? _known;
    private Queue<Guid>? _order;
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

    /// <summary>Null when its last listener has just left: there is a new one then.</summary>
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
            if (!_listeners.Remove(listener) || _listeners.Count > 0)
            {
                return;
            }

            _hasEnded = true;
        }

        ended(this);
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
            TryKnow(id);
        }
    }

    /// <summary>Tells every listener, once.</summary>
    public void Deliver(LiveMessage message)
    {
        lock (_lock)
        {
            if (message.Summary is { } summary && !TryKnow(summary.Id))
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

    private bool TryKnow(Guid id)
    {
        _known ??= [];
        _order ??= [];
        if (!_known.Add(id))
        {
            return false;
        }

        _order.Enqueue(id);
        if (_order.Count > MaxKnown)
        {
            _known.Remove(_order.Dequeue());
        }

        return true;
    }
}
