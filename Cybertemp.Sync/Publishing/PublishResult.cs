namespace Cybertemp.Sync.Publishing;

internal enum PublishResult
{
    /// <summary>The version is in force and announced.</summary>
    Published,

    /// <summary>The same rules were in force already, and whole.</summary>
    Unchanged,

    /// <summary>Another Sync holds the lease; nothing changed.</summary>
    LeaseLost,

    /// <summary>A newer version is in force, or the written one was lost; nothing changed. To be tried again.</summary>
    Superseded,
}
