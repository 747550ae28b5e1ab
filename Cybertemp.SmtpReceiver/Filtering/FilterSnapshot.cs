using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.Sync.Mirror;

namespace Cybertemp.SmtpReceiver.Filtering;

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

    /// <summary>Builds the tables; call it off the sessions' threads.</summary>
    /// <param name="previous">Its tables are taken over where the rules are the same.</param>
    public FilterSnapshot(long version, FilterRules rules, FilterSnapshot? previous = null)
    {
        Version = version;
        DomainCount = rules.Domains.Count;
        BanCount = rules.BanCount;
        _acceptsAllDomains = rules.AcceptsAllDomains;
        _domains = FilterTable<DomainSet>.Create(rules.Domains, previous?._domains, static r => new DomainSet(r, withSubdomains: false));
        _bans = new BanList(rules, previous?._bans);
    }

    public long Version { get; }

    public int DomainCount { get; }

    public int BanCount { get; }

    /// <summary>The bare <c>postmaster</c> has no domain and is accepted (RFC 5321 §4.5.1).</summary>
    public bool Accepts(in Mailbox recipient) =>
        _acceptsAllDomains || recipient.Domain.Length == 0 || _domains.Lookup.Contains(recipient.Domain);

    public bool Bans(in Mailbox sender) => _bans.Contains(sender.LocalPart, sender.Domain);
}
