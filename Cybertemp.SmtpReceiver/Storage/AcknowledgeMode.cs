namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>When a message counts as stored.</summary>
internal enum AcknowledgeMode
{
    /// <summary>After PostgreSQL committed: nothing that was acknowledged is ever lost.</summary>
    Committed,

    /// <summary>As soon as it waits in memory: faster, and a crash loses what waits.</summary>
    Received,
}
