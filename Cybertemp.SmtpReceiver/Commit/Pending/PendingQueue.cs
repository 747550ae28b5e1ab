using System.Threading.Channels;

namespace Cybertemp.SmtpReceiver.Commit.Pending;

/// <summary>Messages that wait for a writer, first in, first out. Thread-safe.</summary>
/// <param name="budget">Shared by all queues.</param>
/// <param name="part">The part of the budget's bytes, 0 to 1, that this queue may see in use.</param>
internal sealed class PendingQueue(QueueBudget budget, double part = 1)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PendingMessage> _waiting = new();

    // Holds a token while there may be something to do; a writer that leaves some behind puts it back.
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int _held;
    private bool _closed;

    public bool IsClosed => Volatile.Read(ref _closed);

    public bool TryAdd(PendingMessage message)
    {
        lock (_lock)
        {
            if (_closed || !budget.TryTake(message.Bytes, part, isAlone: _held == 0))
            {
                return false;
            }

            _held++;
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
            _held -= taken.Count;
        }

        budget.Return(taken.Count, taken.Sum(m => m.Bytes));
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
        _held--;
        budget.Return(1, place.Value.Bytes);
    }
}
