using System.ComponentModel.DataAnnotations;
using Cybertemp.Mail.Inboxes;

namespace Cybertemp.SmtpReceiver.Intake;

/// <summary>Which inboxes are not public.</summary>
internal sealed class InboxOptions
{
    public const string Section = "Inboxes";

    /// <summary>
    /// Local parts, separated by commas, that never become public temporary inboxes, with or without a +tag: who reads
    /// their mail can obtain TLS certificates for the domain. Default: the addresses of RFC 2142 and of the CA/Browser
    /// Forum's Baseline Requirements §3.2.2.4.4, and root.
    /// </summary>
    [Required(AllowEmptyStrings = true)]
    public string Reserved { get; init; } = ReservedLocalParts.Default;
}
