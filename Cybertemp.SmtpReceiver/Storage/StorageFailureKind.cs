namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>What to do about a failed attempt.</summary>
internal enum StorageFailureKind
{
    /// <summary>Try the same again.</summary>
    Outage,

    /// <summary>A row in the batch can never be stored as it is.</summary>
    Poison,

    /// <summary>The day of a received time has no partition yet.</summary>
    MissingDay,

    /// <summary>A transaction pooler sent a prepared statement to a server that does not have it.</summary>
    LostStatement,
}
