using System.ComponentModel.DataAnnotations;
using Cybertemp.Mail.Failover;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>How messages get into PostgreSQL.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    private const string Never = "00:00:00";

    /// <summary>When a message is acknowledged. Default Committed; Received can lose mail in a crash.</summary>
    public AcknowledgeMode Acknowledge { get; set; } = AcknowledgeMode.Committed;

    /// <summary>
    /// How long a client waits for a commit before it is told to come back. Default 30 s: outlasts a restart or a
    /// fail-over, and stays far below the 10 minutes a sender grants the final dot (RFC 5321 §4.5.3.2.6).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:09:00")]
    public TimeSpan MaxCommitWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The same once the process is asked to stop while PostgreSQL is away. Default 5 s of the host's 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), Never, "00:09:00")]
    public TimeSpan MaxCommitWaitAtStop { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Transactions in flight at once, beside those for large messages and for what one batch cannot hold. Default 1:
    /// measured best unless a commit takes more than 1 ms and sessions exceed 200.
    /// </summary>
    [Range(1, 16)]
    public int Writers { get; set; } = 1;

    /// <summary>
    /// Messages of more bytes, counted as in MaxQueuedBytes, are stored by a writer of their own, so that others need
    /// not wait for them. Default 256 KiB: about 10 ms of PostgreSQL.
    /// </summary>
    [Range(1024, 256L * 1024 * 1024)]
    public long LargeMessageBytes { get; set; } = 256 * 1024;

    /// <summary>Rows in one transaction. Default 200: measured, more only adds latency.</summary>
    [Range(1, 10_000)]
    public int MaxBatchRows { get; set; } = 200;

    /// <summary>
    /// Bytes in one transaction; a larger message goes alone, and while more wait a second transaction is under way.
    /// Default 2 MiB: measured, with more PostgreSQL works out of the processor's cache.
    /// </summary>
    [Range(1024, 256L * 1024 * 1024)]
    public long MaxBatchBytes { get; set; } = 2L * 1024 * 1024;

    /// <summary>
    /// Messages in memory until their outcome is known. Default 10,000: as many as sessions (Smtp:MaxSessions).
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedMessages { get; set; } = 10_000;

    /// <summary>Bytes of the same. Default 256 MiB: four of the largest messages allowed (size x recipients).</summary>
    [Range(1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxQueuedBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How long one transaction may take before it is cancelled and tried again. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a transaction waits for a lock. Default 5 s: below the command timeout, so that the server's reason is
    /// seen.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Refuses connections to a former primary after a fail-over, told by PostgreSQL's timeline. Default Auto: where
    /// the server tells it; Off takes any, as after a restore to an older timeline.
    /// </summary>
    public TimelineFenceMode TimelineFence { get; set; } = TimelineFenceMode.Auto;

    /// <summary>Connections kept open. Default 10, as the service this one replaces.</summary>
    [Range(0, 1000)]
    public int MinPoolSize { get; set; } = 10;

    /// <summary>
    /// Connections at most; at least Writers + 5, for large messages, retention, flush and health, and two more for
    /// what one batch cannot hold. Default 20: enough for all of them.
    /// </summary>
    [Range(6, 1000)]
    public int MaxPoolSize { get; set; } = 20;

    /// <summary>
    /// Prepares the statements of the commit path. Default true; turns itself off when a transaction pooler loses them.
    /// </summary>
    public bool PrepareStatements { get; set; } = true;

    /// <summary>How long the start waits for PostgreSQL before the process goes on, not ready. Default 10 s.</summary>
    [Range(typeof(TimeSpan), Never, "00:10:00")]
    public TimeSpan StartupWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often an idle writer makes sure that PostgreSQL still takes writes. Default 5 s: half of what makes the
    /// process not ready.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long temporary mail is kept, in whole days of UTC. Default 7 days; 0 keeps it for ever.</summary>
    [Range(typeof(TimeSpan), Never, "36500.00:00:00")]
    public TimeSpan Retention { get; set; } = Mail.Schema.Retention.DefaultAge;

    /// <summary>
    /// How long mail to a reserved local part is kept (`Inboxes:Reserved`), unless its address is private. Default 30
    /// days: a flood to admin@ does not stay; 0 keeps it for ever.
    /// </summary>
    [Range(typeof(TimeSpan), Never, "36500.00:00:00")]
    public TimeSpan ReservedRetention { get; set; } = Mail.Schema.RowExpiry.DefaultAge;

    /// <summary>
    /// How long messages stay in quarantine. Default 30 days, time enough to look at them; 0 keeps them for ever.
    /// </summary>
    [Range(typeof(TimeSpan), Never, "36500.00:00:00")]
    public TimeSpan QuarantineRetention { get; set; } = Mail.Schema.RowExpiry.DefaultAge;

    /// <summary>How often days are made and dropped. Default 1 h: a day is made a week ahead.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Mail is refused (452) while the database is larger, so that a flood cannot fill the disk. Default 0: no limit.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long MaxDatabaseBytes { get; set; }

    /// <summary>How often the database's size and settings are looked at. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan MonitorInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long what inbox.last_received_at is to become is collected; it is written within as long again. Default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan LastReceivedInterval { get; set; } = TimeSpan.FromSeconds(5);
}
