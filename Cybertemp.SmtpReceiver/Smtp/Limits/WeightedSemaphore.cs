namespace Cybertemp.SmtpReceiver.Smtp.Limits;

/// <summary>
/// Units that many share. Who finds none left waits in a line, in the order of coming. Thread-safe.
/// </summary>
/// <param name="limit">Units.</param>
/// <param name="maxWaiters">More are refused at once.</param>
internal sealed class WeightedSemaphore(long limit, int maxWaiters, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _line = [];
    private long _used;

    public long Limit => limit;

    public long Used => Interlocked.Read(ref _used);

    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _line.Count;
            }
        }
    }

    /// <summary>Takes units now or not at all.</summary>
    public bool TryTake(long units)
    {
        lock (_lock)
        {
            var isFree = _line.Count == 0 && _used + units <= limit;
            _used += isFree ? units : 0;
            return isFree;
        }
    }

    /// <summary>
    /// Takes units; false when the line is full, when others did not give enough back within
    /// <paramref name="maxWait"/>, and when <paramref name="ct"/> is cancelled.
    /// </summary>
    public ValueTask<bool> TakeAsync(long units, TimeSpan maxWait, CancellationToken ct)
    {
        LinkedListNode<Waiter> waiter;
        lock (_lock)
        {
            if (_line.Count == 0 && _used + units <= limit)
            {
                _used += units;
                return ValueTask.FromResult(true);
            }

            if (_line.Count >= maxWaiters)
            {
                return ValueTask.FromResult(false);
            }

            waiter = _line.AddLast(new Waiter(units));
        }

        return new ValueTask<bool>(WaitAsync(waiter, maxWait, ct));
    }

    public void Release(long units)
    {
        lock (_lock)
        {
            _used -= units;
            Serve();
        }
    }

    private async Task<bool> WaitAsync(LinkedListNode<Waiter> waiter, TimeSpan maxWait, CancellationToken ct)
    {
        try
        {
            await waiter.Value.Served.Task.WaitAsync(maxWait, time, ct);
            return true;
        }
        catch (Exception ex) when (ex is TimeoutException or OperationCanceledException)
        {
            return !Leave(waiter);
        }
    }

    /// <summary>False when it has been served in the meantime.</summary>
    private bool Leave(LinkedListNode<Waiter> waiter)
    {
        lock (_lock)
        {
            if (waiter.List is null)
            {
                return false;
            }

            _line.Remove(waiter);
            Serve();
            return true;
        }
    }

    private void Serve()
    {
        while (_line.First is { } first && _used + first.Value.Units <= limit)
        {
            _used += first.Value.Units;
            _line.RemoveFirst();
            first.Value.Served.SetResult();
        }
    }

    private sealed record Waiter(long Units)
    {
        public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
