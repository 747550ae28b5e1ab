using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>Since when PostgreSQL takes no writes, as the writers see it. Thread-safe.</summary>
internal sealed partial class StorageAvailability(
    TimeProvider timeProvider, IOptions<StorageOptions> options, ILogger<StorageAvailability> logger)
{
    private const long Here = -1;

    // Away until the first success: a process that has not reached PostgreSQL yet is not ready.
    private long _awaySince = timeProvider.GetTimestamp();
    private bool _everAvailable;

    /// <summary>How long PostgreSQL has been away; zero while it takes writes.</summary>
    public TimeSpan AwayFor => Volatile.Read(ref _awaySince) is var since and not Here
        ? timeProvider.GetElapsedTime(since)
        : TimeSpan.Zero;

    /// <summary>False once it has been away as long as a client would wait, and before the first success.</summary>
    public bool IsAvailable => IsReady(options.Value.MaxCommitWait);

    /// <summary>Away for no longer than <paramref name="tolerance"/>, and reached at least once.</summary>
    public bool IsReady(TimeSpan tolerance) => Volatile.Read(ref _everAvailable) && AwayFor <= tolerance;

    public bool IsAway => Volatile.Read(ref _awaySince) != Here;

    public void Succeeded()
    {
        if (Interlocked.Exchange(ref _awaySince, Here) is var since and not Here)
        {
            Volatile.Write(ref _everAvailable, true);
            LogBack(timeProvider.GetElapsedTime(since).TotalSeconds);
        }
    }

    public void Failed(Exception reason)
    {
        var now = timeProvider.GetTimestamp();
        if (Interlocked.CompareExchange(ref _awaySince, now, Here) == Here)
        {
            LogAway(reason);
        }
        else
        {
            LogStillAway(reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "PostgreSQL does not take writes: messages wait")]
    private partial void LogAway(Exception reason);

    [LoggerMessage(LogLevel.Debug, "PostgreSQL still does not take writes")]
    private partial void LogStillAway(Exception reason);

    [LoggerMessage(LogLevel.Information, "PostgreSQL takes writes after {Seconds:F1} s")]
    private partial void LogBack(double seconds);
}
