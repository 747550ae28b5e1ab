namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>How mail addresses appear in log lines.</summary>
internal enum AddressLogging
{
    /// <summary>The domain, and the first and last letter of the local part.</summary>
    Masked,

    /// <summary>As given.</summary>
    Full,

    /// <summary>Not at all.</summary>
    Off,
}
