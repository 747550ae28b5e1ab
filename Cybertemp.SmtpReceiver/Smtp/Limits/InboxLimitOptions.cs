using System.ComponentModel.DataAnnotations;

namespace Cybertemp.SmtpReceiver.Smtp.Limits;

/// <summary>What holds an inbox back, whatever the filters say.</summary>
internal sealed class InboxLimitOptions
{
    public const string Section = "Inboxes";

    /// <summary>Messages a minute for one inbox, with as many at once; more are answered 450. Default 0: off.</summary>
    [Range(0, 1_000_000)]
    public int MaxMessagesPerMinute { get; set; }

    /// <summary>
    /// Domains, separated by commas, that are refused whatever the filters say; <c>*.example.com</c> for all below it.
    /// A change takes effect without a restart. Default none.
    /// </summary>
    [DomainList]
    public string DisabledDomains { get; set; } = "";
}
