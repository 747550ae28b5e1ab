using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Web.Domains;

/// <summary>What the receivers accept. Immutable.</summary>
internal sealed class AcceptedDomains(
    IReadOnlyList<DomainPattern> patterns, bool acceptsAll, RecipientRules recipients)
{
    private readonly DomainSet _set = new(patterns, withSubdomains: false);

    /// <summary>To be offered; of all domains only those that the operator names.</summary>
    public IReadOnlyList<DomainPattern> Patterns => patterns;

    /// <summary>For a domain in normal form.</summary>
    public bool Contains(string domain) => acceptsAll || _set.Contains(domain);

    /// <summary>For an address in normal form at a domain that is accepted.</summary>
    public bool Receives(in Mailbox address) => recipients.Check(address) is RecipientVerdict.Accepted;

    /// <summary>What local parts there begin with, one for all that will do; "" where any will.</summary>
    /// <param name="domain">In normal form.</param>
    public string PrefixAt(string domain) => recipients.PrefixesAt(domain) is [var prefix, ..] ? prefix : "";
}
