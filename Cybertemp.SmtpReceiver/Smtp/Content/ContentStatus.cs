namespace Cybertemp.SmtpReceiver.Smtp.Content;

/// <summary>How the reading of content ended.</summary>
internal enum ContentStatus
{
    /// <summary>All of it was read, and is kept unless the buffer says otherwise.</summary>
    Complete,

    /// <summary>All of it was read; it has an end-of-data look-alike.</summary>
    LookAlike,

    /// <summary>It went past twice the size limit: the rest is not read.</summary>
    FarTooLarge,

    /// <summary>It stopped, came too slowly or took too long: the clock knows which.</summary>
    TimedOut,

    Closed,

    Stopping,
}
