using System.Collections.Frozen;
using System.Globalization;
using Cybertemp.Sync.Mirror;

namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>The banned senders. Immutable; a lookup takes no lock and, for addresses of usual length, allocates nothing.</summary>
internal sealed class BanList
{
    /// <summary>Characters of an address that is put together on the stack.</summary>
    private const int StackLength = 512;

    private const string ALabelPrefix = "xn--";

    private static readonly IdnMapping Idn = new();

    private readonly FilterTable<FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>> _addresses;
    private readonly FilterTable<DomainSet> _domains;
    private readonly FilterTable<PatternSet> _addressParts;
    private readonly FilterTable<PatternSet> _domainParts;

    /// <summary>Builds the tables; call it off the sessions' threads.</summary>
    public BanList(FilterRules rules, BanList? previous)
    {
        _addresses = FilterTable<FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>>.Create(
            rules.BannedAddresses,
            previous?._addresses,
            static r => RuleComparer.Freeze(r));
        _domains = FilterTable<DomainSet>.Create(rules.BannedDomains, previous?._domains, static r => new DomainSet(r, withSubdomains: true));
        _addressParts = FilterTable<PatternSet>.Create(rules.BannedAddressParts, previous?._addressParts, static r => new PatternSet(r));
        _domainParts = FilterTable<PatternSet>.Create(rules.BannedDomainParts, previous?._domainParts, static r => new PatternSet(r));
    }

    private DomainSet Domains => _domains.Lookup;

    private PatternSet AddressParts => _addressParts.Lookup;

    private PatternSet DomainParts => _domainParts.Lookup;

    /// <summary>Both arguments in normal form.</summary>
    public bool Contains(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain) =>
        Domains.Contains(domain)
        || (_addresses.Lookup.Set.Count > 0 && ContainsAddress(localPart, domain))
        || (!AddressParts.IsEmpty && ContainsAddressPart(localPart, domain))
        || (!DomainParts.IsEmpty && DomainParts.OccursIn(domain))
        || (domain.Contains(ALabelPrefix, StringComparison.Ordinal) && ContainsUnicodePart(localPart, domain));

    private bool ContainsAddress(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain)
    {
        var length = localPart.Length + 1 + domain.Length;
        var address = length <= StackLength ? stackalloc char[length] : new char[length];
        localPart.CopyTo(address);
        address[localPart.Length] = '@';
        domain.CopyTo(address[(localPart.Length + 1)..]);
        return _addresses.Lookup.Contains(address);
    }

    private bool ContainsAddressPart(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain)
    {
        var state = AddressParts.Advance(PatternSet.Start, localPart);
        state = AddressParts.Advance(state, "@");
        return AddressParts.Advance(state, domain) == PatternSet.Found;
    }

    /// <summary>A pattern may be written in the script of the domain, which the normal form hides.</summary>
    private bool ContainsUnicodePart(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain)
    {
        if (AddressParts.IsEmpty && DomainParts.IsEmpty)
        {
            return false;
        }

        string name;
        try
        {
            name = Idn.GetUnicode(domain.ToString());
        }
        catch (ArgumentException)
        {
            // An A-label in look only: nothing is hidden.
            return false;
        }

        return DomainParts.OccursIn(name) || ContainsAddressPart(localPart, name);
    }
}
