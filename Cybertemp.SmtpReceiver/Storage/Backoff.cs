namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>Growing pauses between attempts, with jitter, so that a fleet does not come back in one step.</summary>
internal sealed class Backoff(TimeProvider timeProvider)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private TimeSpan _next = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits; returns early, without throwing, when <paramref name="ct"/> is cancelled.</summary>
    public async Task WaitAsync(CancellationToken ct)
    {
        var pause = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        await Task.Delay(pause, timeProvider, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
