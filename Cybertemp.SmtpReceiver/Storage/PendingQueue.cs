using System.Threading.Channels;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>
/// Messages that wait for a writer, first in, first out. A message counts against both bounds from admission until its
/// writer is done with it, so the bounds are bounds on memory. Thread-safe.
/// </summary>
internal sealed class PendingQueue(int maxMessages, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PendingMessage> _waiting = new();

    // Holds a token while there may be something to do; a writer that leaves some behind puts it back.
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int _messages;
    private long _bytes;
    private bool _closed;

    public int Messages => Volatile.Read(ref _messages);

    public long Bytes => Volatile.Read(ref _bytes);

    public bool IsClosed => Volatile.Read(ref _closed);

    public bool TryAdd(PendingMessage message)
    {
        lock (_lock)
        {
            if (_closed || _messages >= maxMessages || (_messages > 0 && _bytes + message.Bytes > maxBytes))
            {
                return false;
            }

            _messages++;
            _bytes += message.Bytes;
            message.Place = _waiting.AddLast(message);
        }

        Wake();
        return true;
    }

    /// <summary>Lets one writer look, whether or not anything waits.</summary>
    public void Wake() => _wakeUps.Writer.TryWrite(true);

    /// <summary>Completes when there may be something to do; false once the queue is closed and empty.</summary>
    public async ValueTask<bool> WaitAsync()
    {
        while (await _wakeUps.Reader.WaitToReadAsync())
        {
            if (_wakeUps.Reader.TryRead(out _))
            {
                return true;
            }
        }

        lock (_lock)
        {
            return _waiting.Count > 0;
        }
    }

    /// <summary>Takes what waits, up to both bounds, and at least one message when any waits.</summary>
    public List<PendingMessage> Take(int maxRows, long maxBatchBytes)
    {
        var (taken, rows, bytes) = (new List<PendingMessage>(), 0, 0L);
        lock (_lock)
        {
            while (_waiting.First is { Value: var next }
                && (taken.Count == 0 || (rows + next.Rows.Count <= maxRows && bytes + next.Bytes <= maxBatchBytes)))
            {
                _waiting.RemoveFirst();
                next.Place = null;
                taken.Add(next);
                rows += next.Rows.Count;
                bytes += next.Bytes;
            }

            if (_waiting.Count > 0)
            {
                Wake();
            }
        }

        return taken;
    }

    /// <summary>A writer is done with what it took.</summary>
    public void Release(List<PendingMessage> taken)
    {
        lock (_lock)
        {
            _messages -= taken.Count;
            _bytes -= taken.Sum(m => m.Bytes);
        }
    }

    /// <summary>Drops a message that still waits; false when a writer has it.</summary>
    public bool TryRemove(PendingMessage message)
    {
        lock (_lock)
        {
            if (message.Place is null)
            {
                return false;
            }

            Remove(message.Place);
            return true;
        }
    }

    /// <summary>Drops those whose deadline has passed, oldest first.</summary>
    /// <param name="now">In ticks of the time provider.</param>
    public List<PendingMessage> RemoveExpired(long now)
    {
        var expired = new List<PendingMessage>();
        lock (_lock)
        {
            while (_waiting.First is { Value.Deadline: var deadline } first && deadline <= now)
            {
                expired.Add(first.Value);
                Remove(first);
            }
        }

        return expired;
    }

    /// <summary>Admits nothing more; what waits is still handed out.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }

        _wakeUps.Writer.TryComplete();
    }

    private void Remove(LinkedListNode<PendingMessage> place)
    {
        _waiting.Remove(place);
        place.Value.Place = null;
        _messages--;
        _bytes -= place.Value.Bytes;
    }
}
