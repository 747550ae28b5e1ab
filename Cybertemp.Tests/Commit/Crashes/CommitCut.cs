namespace Cybertemp.Tests.Commit.Crashes;

/// <summary>Where the proxy cuts the connection around the Sync message that commits an implicit transaction.</summary>
public enum CommitCut
{
    /// <summary>PostgreSQL never sees the Sync.</summary>
    Before,

    /// <summary>PostgreSQL sees the Sync and the end of the connection at once.</summary>
    During,

    /// <summary>PostgreSQL commits; the answer is swallowed.</summary>
    After,

    /// <summary>The client is cut off; its server process goes on and gets the Sync when the test says so.</summary>
    Held,
}
