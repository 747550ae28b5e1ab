using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Recipients;
using Cybertemp.Mail.Inboxes;
using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.Cli.Explaining;

/// <summary>
/// The receiver's checks of MAIL and RCPT, in its order and with its code, for a client that declares SMTPUTF8.
/// </summary>
internal sealed class EnvelopeChecks
{
    private const string DisabledKey = "Inboxes:DisabledDomains";

    private readonly FilterRules _rules;
    private readonly FilterSnapshot _snapshot;
    private readonly ReservedLocalParts _reserved;
    private readonly DomainSet _disabled;

    /// <summary>The checks by one version of the rules.</summary>
    /// <exception cref="ConfigurationException">A list of the configuration cannot be read.</exception>
    public EnvelopeChecks(long version, FilterRules rules, IConfiguration configuration)
    {
        (_rules, _snapshot) = (rules, new FilterSnapshot(version, rules));
        _reserved = new ReservedLocalParts(configuration[ReservedLocalParts.Key] ?? ReservedLocalParts.Default);
        if (!DomainSet.TryParse(configuration[DisabledKey] ?? "", out _disabled))
        {
            throw new ConfigurationException(
                $"{DisabledKey} is '{configuration[DisabledKey]}': allowed are domains, separated by commas.");
        }
    }

    public ExplainedAddress CheckSender(string given)
    {
        var address = Bare(given);
        var mailbox = default(Mailbox);
        if (!MailPath.TryParse($"<{address}>", out var path)
            || !path.Rest.IsEmpty || (!path.IsNull && !path.TryNormalize(out mailbox)))
        {
            return new(address, ReceiverReply.SenderSyntax, "it is outside the grammar");
        }

        return path.IsNull ? new("", ReceiverReply.SenderOk, "the null sender cannot be banned")
            : _snapshot.Bans(mailbox)
                ? new(
                    $"{mailbox}", ReceiverReply.SenderBanned,
                    $"banned by {RuleExplanation.FindBan(_rules, mailbox.LocalPart, mailbox.Domain)}")
                : new($"{mailbox}", ReceiverReply.SenderOk, "no ban");
    }

    public ExplainedAddress CheckRecipient(string given)
    {
        var address = Bare(given);
        if (!MailPath.TryParse($"<{address}>", out var path) || !path.Rest.IsEmpty)
        {
            return new(address, ReceiverReply.RecipientSyntax, "it is outside the grammar");
        }

        return path.CheckRecipient(allowsUtf8: true, out var mailbox) switch
        {
            RecipientSpelling.Malformed => new(address, ReceiverReply.RecipientSyntax, "it is outside the grammar"),
            RecipientSpelling.NotAscii =>
                new(address, ReceiverReply.Utf8NotDeclared, "the client has not declared SMTPUTF8"),
            RecipientSpelling.Literal => new(address, ReceiverReply.RecipientIsLiteral, "a domain is needed"),
            RecipientSpelling.LocalPartTooLong =>
                new($"{mailbox}", ReceiverReply.LocalPartTooLong, "RFC 5321 allows no more"),
            RecipientSpelling.Valid => CheckDomain(mailbox),
        };
    }

    private ExplainedAddress CheckDomain(in Mailbox mailbox)
    {
        if (mailbox.Domain.Length > 0 && _disabled.Contains(mailbox.Domain))
        {
            return new($"{mailbox}", ReceiverReply.DomainDisabled, $"by {DisabledKey}");
        }

        if (!_snapshot.Accepts(mailbox))
        {
            return new($"{mailbox}", ReceiverReply.UnknownDomain, Unlisted(mailbox.Domain));
        }

        if (Refusal(_snapshot.CheckRecipient(mailbox)) is { } refusal)
        {
            return new($"{mailbox}", refusal, RuleExplanation.FindRefusing(_rules, mailbox.LocalPart, mailbox.Domain)!);
        }

        var reason = $"received by {RuleExplanation.FindAccepting(_rules, mailbox.Domain)}";
        return new($"{mailbox}", ReceiverReply.RecipientOk, _reserved.Contains(mailbox)
            ? $"{reason}; the local part is reserved, so that its mail is stored as private"
            : reason);
    }

    private static string? Refusal(RecipientVerdict verdict) => verdict switch
    {
        RecipientVerdict.Accepted => null,
        RecipientVerdict.Blocked => ReceiverReply.AddressBlocked,
        RecipientVerdict.WithoutPrefix => ReceiverReply.PrefixMissing,
    };

    private string Unlisted(string domain) => _rules.Domains.Contains($"*.{domain}", StringComparer.Ordinal)
        ? $"*.{domain} is listed, which does not include {domain} itself"
        : "no rule of the domains includes it";

    private static string Bare(string given) => given is ['<', .. var inner, '>'] ? inner : given;
}
