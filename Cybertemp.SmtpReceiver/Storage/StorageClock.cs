namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>
/// The time that rows and partitions go by: this machine's, or PostgreSQL's when the two are more than
/// <see cref="Tolerance"/> apart. A clock that is wrong may also jump, so that PostgreSQL's time is carried on by the
/// monotonic clock. Thread-safe.
/// </summary>
internal sealed partial class StorageClock(TimeProvider timeProvider, ILogger<StorageClock> logger)
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Readings in a row before a clock that was wrong is right again.</summary>
    private const int Agreements = 3;

    private Reading? _server;
    private int _agreements;

    public DateTimeOffset UtcNow => Volatile.Read(ref _server) is { } reading
        ? new DateTimeOffset(reading.Time, TimeSpan.Zero) + timeProvider.GetElapsedTime(reading.Timestamp)
        : timeProvider.GetUtcNow();

    /// <summary>Compares with the server's clock; every transaction brings its reading.</summary>
    /// <param name="serverTime">In UTC.</param>
    public void Observe(DateTime serverTime)
    {
        var skew = serverTime - timeProvider.GetUtcNow().UtcDateTime;
        if (skew.Duration() > Tolerance)
        {
            Volatile.Write(ref _agreements, 0);
            if (Interlocked.Exchange(ref _server, new Reading(serverTime, timeProvider.GetTimestamp())) is null)
            {
                LogSkew(skew);
            }
        }
        else if (Volatile.Read(ref _server) is not null
            && Interlocked.Increment(ref _agreements) >= Agreements
            && Interlocked.Exchange(ref _server, null) is not null)
        {
            LogAgreement();
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "This machine's clock is {Skew} away from PostgreSQL's: PostgreSQL's time is used")]
    private partial void LogSkew(TimeSpan skew);

    [LoggerMessage(LogLevel.Information, "This machine's clock agrees with PostgreSQL's again")]
    private partial void LogAgreement();

    /// <summary>What the server's clock said at a timestamp of the monotonic one.</summary>
    private sealed record Reading(DateTime Time, long Timestamp);
}
