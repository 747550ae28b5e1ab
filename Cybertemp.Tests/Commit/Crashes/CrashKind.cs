namespace Cybertemp.Tests.Commit.Crashes;

/// <summary>What goes wrong in one round of the crash matrix.</summary>
internal enum CrashKind
{
    /// <summary>kill -9 of the receiver.</summary>
    KillReceiver,

    /// <summary>
    /// kill -9 of the receiver while PostgreSQL does not answer: what it acknowledged early is lost for certain.
    /// </summary>
    KillReceiverWhileFrozen,

    /// <summary>kill -9 of the postmaster.</summary>
    KillPostgres,

    /// <summary>An immediate shutdown: no checkpoint, recovery at the next start.</summary>
    StopPostgresImmediately,

    /// <summary>Every process of the server stopped for longer than the command timeout.</summary>
    FreezePostgres,

    /// <summary>The connection cut just before PostgreSQL sees the commit.</summary>
    CutBeforeCommit,

    /// <summary>The commit and the cut at once.</summary>
    CutDuringCommit,

    /// <summary>The answer to the commit swallowed.</summary>
    CutAfterCommit,

    /// <summary>From the middle of a batch on nothing passes in either direction, and neither side is told.</summary>
    HalfOpen,

    /// <summary>No space for tables.</summary>
    FillDisk,

    /// <summary>No space for the write-ahead log either, which PostgreSQL does not survive.</summary>
    FillDiskAndLog,

    /// <summary>kill -9 of Redis; mail goes on before it is back.</summary>
    KillRedis,
}
