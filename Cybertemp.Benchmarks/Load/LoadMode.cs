namespace Cybertemp.Benchmarks.Load;

/// <summary>How a client sends.</summary>
internal enum LoadMode
{
    /// <summary>MAIL, RCPT and DATA in one write on a kept connection (RFC 2920).</summary>
    Pipe,

    /// <summary>One command at a time on a kept connection.</summary>
    Lock,

    /// <summary>A new connection for each message, one command at a time.</summary>
    PerCon,
}
