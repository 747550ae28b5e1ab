namespace Cybertemp.SmtpReceiver.Smtp.Session;

/// <summary>How long a session may wait for its next command, and go on without mail.</summary>
internal sealed class SessionClock(SmtpOptions options, TimeProvider time)
{
    private long _progress = time.GetTimestamp();

    public bool IsIdle => IdleTimeLeft <= TimeSpan.Zero;

    public TimeSpan CommandTimeLeft => IdleTimeLeft < options.CommandTimeout ? IdleTimeLeft : options.CommandTimeout;

    public SmtpReply TimeoutReply => IsIdle ? SmtpReply.IdleTimeout : SmtpReply.CommandTimeout;

    private TimeSpan IdleTimeLeft => options.IdleTimeout - time.GetElapsedTime(_progress);

    /// <summary>
    /// A message was accepted: nothing else is progress, or MAIL and RSET would hold a session for ever.
    /// </summary>
    public void MessageAccepted() => _progress = time.GetTimestamp();
}
