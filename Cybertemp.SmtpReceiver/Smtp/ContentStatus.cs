namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>How the reading of content ended.</summary>
internal enum ContentStatus
{
    /// <summary>All of it was read, and is kept unless the buffer says otherwise.</summary>
    Complete,

    /// <summary>All of it was read; it has an end-of-data look-alike.</summary>
    LookAlike,

    /// <summary>All of it was read; there was no room to keep it.</summary>
    OverBudget,

    /// <summary>It went past twice the size limit: the rest is not read.</summary>
    FarTooLarge,

    TimedOut,

    /// <summary>It came slower than the minimum rate.</summary>
    TooSlow,

    Closed,

    Stopping,
}
