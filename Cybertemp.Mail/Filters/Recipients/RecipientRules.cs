using System.Collections.Frozen;
using Cybertemp.Mail.Addresses;

namespace Cybertemp.Mail.Filters.Recipients;

/// <summary>
/// What keeps mail for some addresses of accepted domains out. Immutable; a look-up takes no lock. Postmaster is
/// received whatever the rules are (RFC 5321 §4.5.1).
/// </summary>
internal sealed class RecipientRules
{
    /// <summary>Characters of an address that is put together on the stack.</summary>
    private const int StackLength = 512;

    private const string Postmaster = "postmaster";

    private readonly FilterTable<FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>> _blocked;
    private readonly FilterTable<PrefixTable> _prefixes;

    /// <summary>Builds the tables; call it off the sessions' threads.</summary>
    public RecipientRules(FilterRules rules, RecipientRules? previous = null)
    {
        _blocked = FilterTable<FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>>.Create(
            rules.BlockedAddresses, previous?._blocked, static r => OrdinalComparer.Freeze(r));
        _prefixes = FilterTable<PrefixTable>.Create(
            rules.DomainPrefixes, previous?._prefixes, static r => new PrefixTable(r.Select(PrefixRule.OfRule)));
    }

    /// <summary>For a recipient in normal form.</summary>
    public RecipientVerdict Check(in Mailbox recipient) =>
        recipient.LocalPart == Postmaster ? RecipientVerdict.Accepted
        : IsBlocked(recipient) ? RecipientVerdict.Blocked
        : HasPrefix(recipient) ? RecipientVerdict.Accepted
        : RecipientVerdict.WithoutPrefix;

    /// <summary>What local parts there have to begin with; none where any will do.</summary>
    /// <param name="domain">In normal form.</param>
    public IReadOnlyList<string> PrefixesAt(string domain) => _prefixes.Lookup.Of(domain);

    private bool IsBlocked(in Mailbox recipient)
    {
        if (_blocked.Lookup.Set.Count == 0)
        {
            return false;
        }

        var length = recipient.LocalPart.Length + 1 + recipient.Domain.Length;
        var address = length <= StackLength ? stackalloc char[length] : new char[length];
        recipient.LocalPart.CopyTo(address);
        address[recipient.LocalPart.Length] = '@';
        recipient.Domain.CopyTo(address[(recipient.LocalPart.Length + 1)..]);
        return _blocked.Lookup.Contains(address);
    }

    private bool HasPrefix(in Mailbox recipient)
    {
        var prefixes = _prefixes.Lookup.Of(recipient.Domain);
        var local = recipient.LocalPart is ['"', .. var quoted, '"'] ? quoted : recipient.LocalPart;
        return prefixes.Count == 0 || prefixes.Any(p => local.StartsWith(p, StringComparison.Ordinal));
    }
}
