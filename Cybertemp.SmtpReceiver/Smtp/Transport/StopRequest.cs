namespace Cybertemp.SmtpReceiver.Smtp.Transport;

/// <summary>How soon a session is to end.</summary>
internal enum StopRequest
{
    None,

    /// <summary>As soon as it waits for a command.</summary>
    BetweenCommands,

    /// <summary>Within a message too.</summary>
    Now,
}
