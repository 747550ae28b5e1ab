using System.ComponentModel.DataAnnotations;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What is true of every inbox.</summary>
internal sealed class InboxOptions
{
    public const string Section = "Inboxes";

    /// <summary>
    /// Local parts, separated by commas, that never become public temporary inboxes, with a +tag too: whoever reads them
    /// can obtain TLS certificates for the domain. Default: the addresses of RFC 2142 and of the CA/Browser Forum's rules.
    /// </summary>
    public string Reserved { get; set; } = "postmaster, admin, administrator, hostmaster, webmaster, abuse, security, root";

    /// <summary>Messages a minute for one inbox, with as many at once; more are answered 450. Default 0: off.</summary>
    [Range(0, 1_000_000)]
    public int MaxMessagesPerMinute { get; set; }

    /// <summary>
    /// Domains, separated by commas, that are refused whatever the filters say; <c>*.example.com</c> for all below it. A
    /// change takes effect without a restart. Default none.
    /// </summary>
    [DomainList]
    public string DisabledDomains { get; set; } = "";
}
