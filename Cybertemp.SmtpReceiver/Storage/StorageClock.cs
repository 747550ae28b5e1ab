namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>
/// The time that rows and partitions go by: this machine's, or PostgreSQL's when the two are more than
/// <see cref="Tolerance"/> apart. PostgreSQL's time is carried on by the monotonic clock, so that a step of this
/// machine's is noticed at once and not with the next transaction, whose messages have their time already. Thread-safe.
/// </summary>
internal sealed partial class StorageClock(TimeProvider timeProvider, ILogger<StorageClock> logger)
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Readings in a row before a clock that was wrong is right again.</summary>
    private const int Agreements = 3;

    private Reading? _server;
    private bool _isWrong;
    private int _agreements;

    public DateTimeOffset UtcNow
    {
        get
        {
            var local = timeProvider.GetUtcNow();
            if (Volatile.Read(ref _server) is not { } reading)
            {
                return local;
            }

            var server = new DateTimeOffset(reading.Time, TimeSpan.Zero)
                + timeProvider.GetElapsedTime(reading.Timestamp);
            return Volatile.Read(ref _isWrong) || (server - local).Duration() > Tolerance ? server : local;
        }
    }

    /// <summary>Compares with the server's clock; every transaction brings its reading.</summary>
    /// <param name="serverTime">In UTC.</param>
    public void Observe(DateTime serverTime)
    {
        Volatile.Write(ref _server, new Reading(serverTime, timeProvider.GetTimestamp()));
        var skew = serverTime - timeProvider.GetUtcNow().UtcDateTime;
        if (skew.Duration() > Tolerance)
        {
            Volatile.Write(ref _agreements, 0);
            if (!Interlocked.Exchange(ref _isWrong, true))
            {
                LogSkew(skew);
            }
        }
        else if (Volatile.Read(ref _isWrong)
            && Interlocked.Increment(ref _agreements) >= Agreements
            && Interlocked.Exchange(ref _isWrong, false))
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
