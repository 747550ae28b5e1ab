using System.ComponentModel.DataAnnotations;
using Cybertemp.Mail.Clients;
using Cybertemp.Web.Access;
using Cybertemp.Web.Domains;

namespace Cybertemp.Web;

/// <summary>How mail is shown.</summary>
internal sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>
    /// The most connections to PostgreSQL, for reads and for writes each. 1 to 500, default 20: a request holds one for
    /// a millisecond.
    /// </summary>
    [Range(1, 500)]
    public int MaxPoolSize { get; set; } = 20;

    /// <summary>
    /// Prepares the statements that readers repeat, and has them planned once for each connection. Default true; turns
    /// itself off where a pooler is between.
    /// </summary>
    public bool PrepareStatements { get; set; } = true;

    /// <summary>After this time a statement has failed. Default 10 s: nobody waits longer for a page.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The secret that opens all mail, at least 16 characters, sent as <c>Authorization: Bearer</c>. Default none:
    /// nobody reads all mail.
    /// </summary>
    [Secret(16)]
    public string? OperatorKey { get; set; }

    /// <summary>
    /// The keys that clients of the Rust server may send, at least 16 characters each, separated by commas; one that is
    /// none of them is answered 401, none at all is not. They open nothing. Default none: whatever is sent is not
    /// looked at.
    /// </summary>
    [SecretList(16)]
    public string ApiKeys { get; set; } = "";

    /// <summary>
    /// Whether the service also answers as Mailpit does (<c>/api/v1</c>), all mail as one mailbox, with the operator's
    /// key as password. Default false; true in the local stack.
    /// </summary>
    [NeedsOperatorKey]
    public bool Mailpit { get; set; }

    /// <summary>
    /// Whether the service also answers as mail.tm does (<c>/accounts</c>, <c>/token</c>, <c>/messages</c>): anybody
    /// makes private addresses of accepted domains then, and whoever asks learns which are taken. Default false.
    /// </summary>
    public bool MailTm { get; set; }

    /// <summary>
    /// The secret that sessions are signed with, at least 32 characters, the same for all replicas. Default a random
    /// one: sessions end with the process, and are known to no other.
    /// </summary>
    [Secret(32)]
    public string? SessionKey { get; set; }

    /// <summary>How long a session of a private inbox lasts. Default 12 h: a day at work.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Requests of the API a minute for one client, an IPv4 address or an IPv6 /64, with as many at once; more are
    /// answered 429. 0 is off. Default 600: ten a second, more than a page or a test needs that waits.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxRequestsPerMinute { get; set; } = 600;

    /// <summary>
    /// Passwords tried a minute by one client, and for one address from anywhere. 0 is off. Default 10: a person, not a
    /// dictionary.
    /// </summary>
    [Range(0, 100_000)]
    public int MaxSessionsPerMinute { get; set; } = 10;

    /// <summary>
    /// Inboxes with an end or a claim that one client may have made a minute. 0 is off. Default 30: a suite of tests,
    /// and no more rows than the table stands.
    /// </summary>
    [Range(0, 100_000)]
    public int MaxInboxesPerMinute { get; set; } = 30;

    /// <summary>
    /// The longest time that an inbox may be asked for, which is also that of a claim without one. Default 30 days; it
    /// can be asked for again.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan MaxInboxLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Requests held open in total, by <c>wait</c> and as events. Default 20,000: some 20 KB each.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxWaits { get; set; } = 20_000;

    /// <summary>The same for one client. Default 50: a person's tabs, a test's workers.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitsPerClient { get; set; } = 50;

    /// <summary>
    /// Networks whose clients are not limited, separated by commas. Default loopback: this machine.
    /// </summary>
    [NetworkList]
    public string UnlimitedNetworks { get; set; } = "127.0.0.0/8, ::1/128";

    /// <summary>
    /// Networks of proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed, separated by commas.
    /// Default none: whoever connects is the client.
    /// </summary>
    [NetworkList]
    public string ProxyNetworks { get; set; } = "";

    /// <summary>
    /// Origins of web pages that may use the API, separated by commas, or <c>*</c> for all. Default none: only the page
    /// of this service.
    /// </summary>
    [OriginList]
    public string AllowedOrigins { get; set; } = "";

    /// <summary>
    /// Domains to offer where receivers accept every domain, separated by commas. Default none: the reader types one.
    /// </summary>
    [OfferedDomains]
    public string Domains { get; set; } = "";
}
