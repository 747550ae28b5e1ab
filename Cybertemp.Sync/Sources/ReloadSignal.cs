namespace Cybertemp.Sync.Sources;

/// <summary>Says that a source may have changed. Any number of signals before a wait are one. Thread-safe.</summary>
internal sealed class ReloadSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        if (_raised.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // Raised by another thread meanwhile.
        }
    }

    /// <summary>True when raised, false when <paramref name="timeout"/> has passed.</summary>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken ct) => _raised.WaitAsync(timeout, ct);

    public void Dispose() => _raised.Dispose();
}
