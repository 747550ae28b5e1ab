namespace Cybertemp.SmtpReceiver.Smtp.Transport;

/// <summary>What came of waiting for the client.</summary>
internal enum InputStatus
{
    /// <summary>A line, or more octets, can be read.</summary>
    Ready,

    /// <summary>A line ended, but it was longer than allowed; it is consumed.</summary>
    LineTooLong,

    /// <summary>A line ended with LF alone; it is consumed.</summary>
    BareLineFeed,

    /// <summary>Neither the line nor its end came within the bound: there is nothing to go on with.</summary>
    Endless,

    /// <summary>The session's first octets are of another protocol: nothing is consumed.</summary>
    Foreign,

    /// <summary>The client is gone, or does not read its replies.</summary>
    Closed,

    TimedOut,

    /// <summary>The server is asked to stop.</summary>
    Stopping,
}
