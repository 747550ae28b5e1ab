namespace Cybertemp.Mail.Failover;

/// <summary>Whether connections to a former primary are refused.</summary>
internal enum TimelineFenceMode
{
    /// <summary>Refused where PostgreSQL tells its timeline.</summary>
    Auto,

    /// <summary>Taken.</summary>
    Off,
}
