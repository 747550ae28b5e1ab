using System.ComponentModel.DataAnnotations;
using System.Net;
using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Clients;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>The SMTP server: where it listens and every limit of a session.</summary>
internal sealed class SmtpOptions
{
    public const string Section = "Smtp";

    /// <summary>Where nothing is configured and memory is not short.</summary>
    public const long DefaultMaxInFlightBytes = 512L * 1024 * 1024;

    /// <summary>Where to listen. Default empty: every address, IPv4 and IPv6 on one dual-stack socket.</summary>
    [IPAddress]
    public string ListenAddress { get; set; } = "";

    /// <summary>TCP port; 0 lets the system choose. Default 25 (RFC 5321 §4.5.4.2), 2525 in the local stack.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 25;

    /// <summary>The name in the greeting and in the reply to EHLO. Default: this machine's host name.</summary>
    [Required]
    [RegularExpression(@"[A-Za-z0-9]([A-Za-z0-9.\-]{0,253}[A-Za-z0-9])?")]
    public string HostName { get; set; } = DefaultHostName();

    /// <summary>
    /// Connections that may wait in the kernel for accept. Default 4,096: a burst of senders, cut by
    /// net.core.somaxconn.
    /// </summary>
    [Range(1, 65535)]
    public int Backlog { get; set; } = 4096;

    /// <summary>Octets of content in one message. Default 25 MiB, what the large providers take.</summary>
    [Range(1_024, 512 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>Distinct recipients of one transaction. Default 100, the least RFC 5321 §4.5.3.1.8 allows.</summary>
    [Range(100, 1_000)]
    public int MaxRecipients { get; set; } = 100;

    /// <summary>
    /// Content octets times recipients of one transaction. Default 64 MiB: what one message may write into the tables.
    /// </summary>
    [Range(1_024, 8L * 1024 * 1024 * 1024)]
    public long MaxCopiedBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Octets of a command line with its CRLF. Default 2,048: long VERP reverse-paths with parameters exceed the 512 of
    /// RFC 5321.
    /// </summary>
    [Range(512, 16_384)]
    public int MaxLineBytes { get; set; } = 2_048;

    /// <summary>
    /// Closes a session that sends anything behind DATA before 354. Default true: RFC 2920 §3.1; such content would be
    /// executed as commands when DATA is refused. BDAT has nothing to wait for.
    /// </summary>
    public bool ForbidUnauthorizedPipelining { get; set; } = true;

    /// <summary>Protocol errors of one session before it is closed. Default 10.</summary>
    [Range(1, 1_000)]
    public int MaxErrors { get; set; } = 10;

    /// <summary>
    /// Permanent refusals since the last accepted message before the session is closed. Default 100: a transaction of
    /// 100 recipients that are all wrong is still answered one by one, a search for valid domains is not.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxRefusals { get; set; } = 100;

    /// <summary>Sessions at a time. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessions { get; set; } = 10_000;

    /// <summary>
    /// Connections that wait without a greeting while <see cref="MaxSessions"/> is reached; more are answered 421.
    /// Default 2,000, as the baseline's queue.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxWaitingConnections { get; set; } = 2_000;

    /// <summary>
    /// How long a connection waits for a session before 421. Default 30 s, below the 5 min that RFC 5321 §4.5.3.2.1
    /// lets clients wait.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan MaxSessionWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Sessions at a time from one client: an IPv4 address or an IPv6 /64. Default 50.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessionsPerClient { get; set; } = 50;

    /// <summary>
    /// Connections a minute from one client, with as many at once; 0 is off. Default 600: ten a second.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxConnectionsPerMinutePerClient { get; set; } = 600;

    /// <summary>
    /// MAIL commands a minute from one client, with as many at once; 0 is off. Default 3,000: one large provider's host
    /// in a peak.
    /// </summary>
    [Range(0, 10_000_000)]
    public int MaxMessagesPerMinutePerClient { get; set; } = 3_000;

    /// <summary>
    /// Networks exempt from the limits per client, separated by commas. Never applies to an address out of a PROXY
    /// header. Default loopback.
    /// </summary>
    [NetworkList]
    public string UnlimitedNetworks { get; set; } = "127.0.0.0/8, ::1/128";

    /// <summary>
    /// Networks of balancers that send a PROXY v1 or v2 header, separated by commas; required from there, an unknown
    /// command from elsewhere. Default none.
    /// </summary>
    [NetworkList]
    public string ProxyNetworks { get; set; } = "";

    /// <summary>How long to wait for the PROXY header. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ProxyHeaderTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for a whole command line. Default 5 min: RFC 5321 §4.5.3.2.7.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a session may go on without an accepted message. Default 10 min, two command timeouts: no other command
    /// holds a session open for ever.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait for more content within DATA or BDAT. Default 3 min: RFC 5321 §4.5.3.2.5.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan DataTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Content octets a second, averaged over each <see cref="MinDataRateWindow"/> of a message, below which a session
    /// is closed; 0 is off. Default 64, a third of a 1,200-baud modem.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MinDataBytesPerSecond { get; set; } = 64;

    /// <summary>
    /// The time that <see cref="MinDataBytesPerSecond"/> is averaged over; when all that is due in it has come, the
    /// next one begins. Default 3 min: what RFC 5321 §4.5.3.2.5 allows for one block.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan MinDataRateWindow { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// How long the content of one message may take. Default 30 min, in which 15 KB a second carry the largest message:
    /// RFC 5321 limits the time of blocks, not of messages, but what never ends is held in memory.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan MaxMessageTime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Octets of memory for content that is being received or stored; an eighth is for messages of at most 256 KiB.
    /// More is answered 452. Default 512 MiB, or what fits the memory that the process may use when that is less.
    /// </summary>
    [Range(512 * 1024, 1L << 40)]
    public long? MaxInFlightBytes { get; set; }

    /// <summary>
    /// The same for one client, whatever <see cref="UnlimitedNetworks"/> says. Default a quarter of
    /// <see cref="MaxInFlightBytes"/>, and room for one message at least.
    /// </summary>
    [Range(512 * 1024, 1L << 40)]
    public long? MaxInFlightBytesPerClient { get; set; }

    /// <summary>
    /// How long a stopping server lets sessions finish the message they are sending. Default 20 s of the host's 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    private static string DefaultHostName()
    {
        var name = Dns.GetHostName();
        return MailDomain.TryNormalize(name, out var normalized) && !normalized.Contains('_', StringComparison.Ordinal)
            ? normalized
            : "localhost";
    }
}
