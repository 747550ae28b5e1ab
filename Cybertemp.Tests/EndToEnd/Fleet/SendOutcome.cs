namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>What became of one attempt to send a message.</summary>
internal enum SendOutcome
{
    /// <summary>250 after the final dot.</summary>
    Accepted,

    /// <summary>4yz to any command.</summary>
    Deferred,

    /// <summary>5yz to any command: a bounce.</summary>
    Refused,

    /// <summary>No connection, or none any more, before the final dot was sent.</summary>
    Disconnected,

    /// <summary>
    /// The connection ended between the final dot and its answer: a retry may be stored twice (RFC 1047).
    /// </summary>
    InDoubt,
}
