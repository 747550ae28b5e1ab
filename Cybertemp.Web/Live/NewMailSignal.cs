namespace Cybertemp.Web.Live;

/// <summary>Says that mail may have come. Any number of signals before a wait are one. Thread-safe.</summary>
internal sealed class NewMailSignal : IDisposable
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
        catch (Exception ex) when (ex is SemaphoreFullException or ObjectDisposedException)
        {
            // Raised already, or stopping.
        }
    }

    /// <summary>True when raised, false when <paramref name="timeout"/> has passed.</summary>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken ct) => _raised.WaitAsync(timeout, ct);

    public void Dispose() => _raised.Dispose();
}
