namespace Cybertemp.Web.Webhooks.Delivery;

/// <summary>
/// A webhook and how it does. While it fails it is asked by one request at a time, with pauses that grow to a minute.
/// Thread-safe.
/// </summary>
internal sealed class WebhookTarget(Webhook webhook, TimeProvider time)
{
    private const int MaxDoublings = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private int _failures;
    private long _pausedUntil;
    private int _isBusy;

    /// <summary>As the table had it last.</summary>
    public Webhook Webhook { get; set; } = webhook;

    /// <summary>Since the last success.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public bool IsPaused => time.GetTimestamp() < Volatile.Read(ref _pausedUntil);

    public bool IsBusy => Volatile.Read(ref _isBusy) == 1;

    /// <summary>Takes the target for one that works on it.</summary>
    public bool TryEnter() => Interlocked.Exchange(ref _isBusy, 1) == 0;

    public void Leave() => Volatile.Write(ref _isBusy, 0);

    /// <summary>True when it failed before.</summary>
    public bool Succeeded()
    {
        Volatile.Write(ref _pausedUntil, 0);
        return Interlocked.Exchange(ref _failures, 0) > 0;
    }

    /// <summary>True when it did not fail before. What was under way when it began to fail counts once.</summary>
    public bool Failed()
    {
        if (IsPaused)
        {
            return false;
        }

        var failures = Interlocked.Increment(ref _failures);
        var pause = FirstPause * (1 << Math.Min(failures - 1, MaxDoublings)) * (0.5 + Random.Shared.NextDouble());
        Volatile.Write(ref _pausedUntil, time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency));
        return failures == 1;
    }
}
