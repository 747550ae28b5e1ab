using System.Threading.Channels;

namespace Cybertemp.SmtpReceiver.Commit.Pending;

/// <summary>Messages that wait for a writer, first in, first out. Thread-safe.</summary>
/// <param name="budget">Shared by all queues.</param>
/// <param name="maxBatchBytes">Of one batch; a larger message is one by itself.</param>
/// <param name="part">The part of the budget's bytes, 0 to 1, that this queue may see in use.</param>
internal sealed class PendingQueue(QueueBudget budget, long maxBatchBytes, double part = 1)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PendingMessage> _waiting = new();

    // Each holds a token while there may be something to do; a writer that leaves some behind puts it back.
    private readonly Channel<bool> _wakeUps = NewWakeUps();
    private readonly Channel<bool> _helperWakeUps = NewWakeUps();

    private int _held;
    private long _waitingBytes;
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
            _waitingBytes += message.Bytes;
            WakeHelper();
        }

        Wake();
        return true;
    }

    /// <summary>Lets one writer look, whether or not anything waits.</summary>
    public void Wake() => _wakeUps.Writer.TryWrite(true);

    /// <summary>Completes when there may be something to do; false once the queue is closed and empty.</summary>
    /// <param name="isHelper">The writer is there for what waits beyond a batch's bytes.</param>
    public async ValueTask<bool> WaitAsync(bool isHelper = false)
    {
        var wakeUps = (isHelper ? _helperWakeUps : _wakeUps).Reader;
        while (await wakeUps.WaitToReadAsync())
        {
            if (wakeUps.TryRead(out _))
            {
                return true;
            }
        }

        lock (_lock)
        {
            return isHelper ? HasHelpersWork : _waiting.Count > 0;
        }
    }

    /// <summary>
    /// Takes what waits, up to both bounds, and at least one message when any waits; a helper only when one batch could
    /// not hold all, and no message that is larger than a batch.
    /// </summary>
    public List<PendingMessage> Take(int maxRows, bool isHelper = false)
    {
        var (taken, rows, bytes) = (new List<PendingMessage>(), 0, 0L);
        lock (_lock)
        {
            if (isHelper && !HasHelpersWork)
            {
                return taken;
            }

            while (_waiting.First is { Value: var next }
                && (taken.Count == 0 || (rows + next.Rows.Count <= maxRows && bytes + next.Bytes <= maxBatchBytes)))
            {
                RemoveFromWaiting(next.Place!);
                taken.Add(next);
                rows += next.Rows.Count;
                bytes += next.Bytes;
            }

            if (_waiting.Count > 0)
            {
                Wake();
            }

            WakeHelper();
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
        _helperWakeUps.Writer.TryComplete();
    }

    /// <summary>
    /// More waits than one batch can hold; but two messages larger than that at once would keep PostgreSQL from others.
    /// </summary>
    private bool HasHelpersWork =>
        _waitingBytes > maxBatchBytes && _waiting.First is { Value.Bytes: var bytes } && bytes <= maxBatchBytes;

    private static Channel<bool> NewWakeUps() => Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private void WakeHelper()
    {
        if (HasHelpersWork)
        {
            _helperWakeUps.Writer.TryWrite(true);
        }
    }

    private void Remove(LinkedListNode<PendingMessage> place)
    {
        RemoveFromWaiting(place);
        _held--;
        budget.Return(1, place.Value.Bytes);
    }

    private void RemoveFromWaiting(LinkedListNode<PendingMessage> place)
    {
        _waiting.Remove(place);
        place.Value.Place = null;
        _waitingBytes -= place.Value.Bytes;
    }
}
