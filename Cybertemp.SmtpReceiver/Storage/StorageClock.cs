namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>
/// The time that rows and partitions go by: this machine's, or PostgreSQL's when the two are more than
/// <see cref="Tolerance"/> apart. Thread-safe.
/// </summary>
internal sealed partial class StorageClock(TimeProvider timeProvider, ILogger<StorageClock> logger)
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private long _correctionTicks;

    public DateTimeOffset UtcNow => timeProvider.GetUtcNow().AddTicks(Volatile.Read(ref _correctionTicks));

    /// <summary>Compares with the server's clock; every transaction brings its reading.</summary>
    public void Observe(DateTime serverTime)
    {
        var skew = serverTime - timeProvider.GetUtcNow().UtcDateTime;
        var correction = skew.Duration() > Tolerance ? skew : TimeSpan.Zero;
        var previous = Interlocked.Exchange(ref _correctionTicks, correction.Ticks);
        if ((previous == 0) != (correction == TimeSpan.Zero))
        {
            LogChange(correction);
        }
    }

    private void LogChange(TimeSpan correction)
    {
        if (correction == TimeSpan.Zero)
        {
            LogAgreement();
        }
        else
        {
            LogSkew(correction);
        }
    }

    [LoggerMessage(LogLevel.Warning, "This machine's clock is {Skew} away from PostgreSQL's: PostgreSQL's time is used")]
    private partial void LogSkew(TimeSpan skew);

    [LoggerMessage(LogLevel.Information, "This machine's clock agrees with PostgreSQL's again")]
    private partial void LogAgreement();
}
