namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>How long a session may wait for its next command, and go on without mail.</summary>
internal sealed class SessionClock(SmtpOptions options, TimeProvider time)
{
    private long _progress = time.GetTimestamp();

    public bool IsIdle => IdleTimeLeft <= TimeSpan.Zero;

    public TimeSpan CommandTimeLeft => IdleTimeLeft < options.CommandTimeout ? IdleTimeLeft : options.CommandTimeout;

    public SmtpReply TimeoutReply => IsIdle ? SmtpReply.IdleTimeout : SmtpReply.CommandTimeout;

    private TimeSpan IdleTimeLeft => options.IdleTimeout - time.GetElapsedTime(_progress);

    /// <summary>A transaction began or ended.</summary>
    public void Progress() => _progress = time.GetTimestamp();
}
