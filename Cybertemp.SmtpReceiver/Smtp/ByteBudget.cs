namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// Octets of content that all sessions together may hold. Who finds it used up waits a while in the order of coming.
/// Thread-safe.
/// </summary>
internal sealed class ByteBudget(long limit, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private long _used;

    public long Limit => limit;

    public long Used => Interlocked.Read(ref _used);

    public bool IsExhausted => Used >= limit;

    /// <summary>Takes <paramref name="octets"/>; false when others did not give enough back within <paramref name="maxWait"/>.</summary>
    public ValueTask<bool> ReserveAsync(long octets, TimeSpan maxWait)
    {
        LinkedListNode<Waiter> waiter;
        lock (_lock)
        {
            if (_waiters.Count == 0 && _used + octets <= limit)
            {
                _used += octets;
                return ValueTask.FromResult(true);
            }

            waiter = _waiters.AddLast(new Waiter(octets));
        }

        return new ValueTask<bool>(WaitAsync(waiter, maxWait));
    }

    public void Release(long octets)
    {
        lock (_lock)
        {
            _used -= octets;
            Serve();
        }
    }

    private async Task<bool> WaitAsync(LinkedListNode<Waiter> waiter, TimeSpan maxWait)
    {
        try
        {
            await waiter.Value.Served.Task.WaitAsync(maxWait, time);
            return true;
        }
        catch (TimeoutException)
        {
            lock (_lock)
            {
                // It may have been served since.
                if (waiter.List is null)
                {
                    return true;
                }

                _waiters.Remove(waiter);
                Serve();
                return false;
            }
        }
    }

    private void Serve()
    {
        while (_waiters.First is { } first && _used + first.Value.Octets <= limit)
        {
            _used += first.Value.Octets;
            _waiters.RemoveFirst();
            first.Value.Served.SetResult();
        }
    }

    private sealed record Waiter(long Octets)
    {
        public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
