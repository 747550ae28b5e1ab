using Cybertemp.ServiceDefaults;
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

    // What comes and goes within seconds, as one message may bring about, is no news.
    private readonly StateChange _change = new(timeProvider);
    private long _newsSince;

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
        if (Interlocked.Exchange(ref _awaySince, Here) != Here)
        {
            Volatile.Write(ref _everAvailable, true);
        }

        if (_change.IsNews(isFailing: false))
        {
            LogBack(timeProvider.GetElapsedTime(Volatile.Read(ref _newsSince)).TotalSeconds);
        }
    }

    public void Failed(StorageFailure failure)
    {
        var now = timeProvider.GetTimestamp();
        var since = Interlocked.CompareExchange(ref _awaySince, now, Here);
        if (_change.IsNews(isFailing: true))
        {
            Volatile.Write(ref _newsSince, since == Here ? now : since);
            LogAway(failure.Reason);
        }
        else
        {
            LogFailed(failure.Reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "PostgreSQL does not take writes: messages wait ({Reason})")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Debug, "A write to PostgreSQL failed ({Reason})")]
    private partial void LogFailed(string reason);

    [LoggerMessage(LogLevel.Information, "PostgreSQL takes writes again, {Seconds:F1} s after it was lost")]
    private partial void LogBack(double seconds);
}
