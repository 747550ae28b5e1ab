namespace Cybertemp.SmtpReceiver.Smtp.Content;

/// <summary>
/// The time of one message: how long to wait for more, that enough of it comes in every window, and its end, chunks
/// and what lies between them taken together. Owned by one session.
/// </summary>
internal sealed class ContentClock(SmtpOptions options, TimeProvider time)
{
    private long _messageStart;
    private long _windowStart;
    private long _windowOctets;

    /// <summary>The data timeout, or less when the minimum rate or the message's end is missed sooner.</summary>
    public TimeSpan TimeLeft => Least(options.DataTimeout, Least(WindowLeft, MessageTimeLeft));

    public bool IsMessageOver => MessageTimeLeft <= TimeSpan.Zero;

    private TimeSpan MessageTimeLeft => options.MaxMessageTime - time.GetElapsedTime(_messageStart);

    public bool IsOverdue => WindowLeft <= TimeSpan.Zero || IsMessageOver;

    /// <summary>To a client that let the time left pass.</summary>
    public SmtpReply TimeoutReply => IsMessageOver ? SmtpReply.MessageTimeout
        : WindowLeft <= TimeSpan.Zero ? SmtpReply.TooSlow
        : SmtpReply.DataTimeout;

    private TimeSpan WindowLeft => options.MinDataBytesPerSecond == 0
        ? TimeSpan.MaxValue
        : options.MinDataRateWindow - time.GetElapsedTime(_windowStart);

    /// <summary>A message begins.</summary>
    public void Start()
    {
        _messageStart = time.GetTimestamp();
        StartWindow();
    }

    /// <summary>When all that is due in a window has come, the next one begins.</summary>
    public void Received(long octets)
    {
        _windowOctets += octets;
        if (_windowOctets >= options.MinDataBytesPerSecond * options.MinDataRateWindow.TotalSeconds)
        {
            StartWindow();
        }
    }

    private void StartWindow() => (_windowStart, _windowOctets) = (time.GetTimestamp(), 0);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
