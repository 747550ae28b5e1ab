namespace Cybertemp.Tests.Mail.Citus;

/// <summary>How far a statement reaches over the nodes of Citus.</summary>
internal enum CitusReach
{
    /// <summary>Distributed tables are looked at for one inbox, or not at all.</summary>
    OneShard,

    /// <summary>All shards are asked, or rows of several are written: two-phase commit where it writes.</summary>
    ManyShards,

    /// <summary>Citus does not run it.</summary>
    Refused,
}
