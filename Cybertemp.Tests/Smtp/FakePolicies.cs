using Cybertemp.SmtpReceiver.Smtp;

namespace Cybertemp.Tests.Smtp;

/// <summary>Receives for temp.example and its subdomains; bans banned.example.</summary>
internal sealed class FakePolicies : ISenderPolicy, IRecipientPolicy
{
    public bool IsReady { get; set; } = true;

    public PolicyVerdict CheckSender(in Mailbox mailbox) => Verdict(mailbox.Domain != "banned.example");

    public PolicyVerdict CheckRecipient(in Mailbox mailbox) =>
        Verdict(mailbox.Domain == "temp.example" || mailbox.Domain.EndsWith(".temp.example", StringComparison.Ordinal));

    private PolicyVerdict Verdict(bool accepted) => (IsReady, accepted) switch
    {
        (false, _) => PolicyVerdict.NotReady,
        (true, true) => PolicyVerdict.Accepted,
        (true, false) => PolicyVerdict.Refused,
    };
}
