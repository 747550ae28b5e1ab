using Cybertemp.Mail.Addresses;
using Cybertemp.SmtpReceiver.Smtp.Envelope;

namespace Cybertemp.Tests.Smtp;

/// <summary>
/// Receives for temp.example and its subdomains, not for blocked@, at qa.temp.example for test- only; bans
/// banned.example.
/// </summary>
internal sealed class FakePolicies : ISenderPolicy, IRecipientPolicy
{
    public bool IsReady { get; set; } = true;

    public PolicyVerdict CheckSender(in Mailbox mailbox) => Verdict(mailbox.Domain != "banned.example");

    public PolicyVerdict CheckRecipient(in Mailbox mailbox) => mailbox switch
    {
        { LocalPart: "blocked" } => PolicyVerdict.Blocked,
        { Domain: "qa.temp.example" } when !mailbox.LocalPart.StartsWith("test-", StringComparison.Ordinal) =>
            PolicyVerdict.WithoutPrefix,
        _ => Verdict(
            mailbox.Domain == "temp.example" || mailbox.Domain.EndsWith(".temp.example", StringComparison.Ordinal)),
    };

    private PolicyVerdict Verdict(bool accepted) => (IsReady, accepted) switch
    {
        (false, _) => PolicyVerdict.NotReady,
        (true, true) => PolicyVerdict.Accepted,
        (true, false) => PolicyVerdict.Refused,
    };
}
