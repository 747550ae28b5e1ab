using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Mail.Filters;

/// <summary>
/// One version of the filters, immutable. A refresh builds a new one and swaps one reference, so that a check takes no
/// lock and never sees half of an update.
/// </summary>
internal sealed class FilterSnapshot
{
    /// <summary>Every domain is accepted and nobody is banned.</summary>
    public static readonly FilterSnapshot Open = new(version: 0, new FilterRules { AcceptsAllDomains = true });

    private readonly bool _acceptsAllDomains;
    private readonly FilterTable<DomainSet> _domains;
    private readonly BanList _bans;
    private readonly RecipientRules _recipients;

    /// <summary>Builds the tables; call it off the sessions' threads.</summary>
    /// <param name="previous">Its tables are taken over where the rules are the same.</param>
    public FilterSnapshot(long version, FilterRules rules, FilterSnapshot? previous = null)
    {
        Version = version;
        DomainCount = rules.Domains.Count;
        BanCount = rules.BanCount;
        RecipientCount = rules.RecipientCount;
        _acceptsAllDomains = rules.AcceptsAllDomains;
        _domains = FilterTable<DomainSet>.Create(
            rules.Domains,
            previous?._domains,
            static r => new DomainSet([.. r.Select(DomainPattern.OfRule)], withSubdomains: false));
        _bans = new BanList(rules, previous?._bans);
        _recipients = new RecipientRules(rules, previous?._recipients);
    }

    public long Version { get; }

    public int DomainCount { get; }

    public int BanCount { get; }

    public int RecipientCount { get; }

    /// <summary>The bare <c>postmaster</c> has no domain and is accepted (RFC 5321 §4.5.1).</summary>
    public bool Accepts(in Mailbox recipient) =>
        _acceptsAllDomains || recipient.Domain.Length == 0 || _domains.Lookup.Contains(recipient.Domain);

    /// <summary>Which addresses of accepted domains are received.</summary>
    public RecipientVerdict CheckRecipient(in Mailbox recipient) => _recipients.Check(recipient);

    public bool Bans(in Mailbox sender) => _bans.Contains(sender.LocalPart, sender.Domain);
}
