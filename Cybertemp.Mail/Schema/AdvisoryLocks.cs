namespace Cybertemp.Mail.Schema;

/// <summary>
/// The keys of PostgreSQL's advisory locks, each as the two arguments of a lock function; the first one, 'CYBT', is
/// every lock's of this service. Migrations hold 1, the making of a day holds 2 and a change of
/// whether there are webhooks 5: in SQL files.
/// </summary>
internal static class AdvisoryLocks
{
    /// <summary>
    /// Shared by batches; exclusive while an address becomes private, so that no batch straddles the moment.
    /// </summary>
    public const string PrivateAddresses = $"{Space}, 3";

    /// <summary>Held by the one replica whose turn retention is.</summary>
    public const string Retention = $"{Space}, 4";

    public const string Space = "1129923156";

    /// <summary>Larger keys than this are one batch's each.</summary>
    public const int LastFixedKey = 1 << 16;
}
