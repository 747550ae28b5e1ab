namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>What became of a message that was handed to the batch writer.</summary>
internal enum WriteOutcome
{
    /// <summary>Durable: in the tables, or in <c>quarantine</c> when PostgreSQL cannot hold it as a row.</summary>
    Committed,

    /// <summary>The queue's bound in messages or bytes was reached; nothing was kept.</summary>
    QueueFull,

    /// <summary><c>Storage:MaxDatabaseBytes</c> is reached; nothing was kept.</summary>
    DatabaseFull,

    /// <summary>PostgreSQL did not commit within <c>Storage:MaxCommitWait</c>; it may still do so.</summary>
    Unavailable,
}
