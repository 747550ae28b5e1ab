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

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _addresses;
    private readonly DomainSet _domains;
    private readonly PatternSet _addressParts;
    private readonly PatternSet _domainParts;

    /// <summary>Builds the tables; call it off the sessions' threads.</summary>
    public BanList(FilterRules rules)
    {
        _addresses = rules.BannedAddresses.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _domains = new DomainSet(rules.BannedDomains, withSubdomains: true);
        _addressParts = new PatternSet(rules.BannedAddressParts);
        _domainParts = new PatternSet(rules.BannedDomainParts);
    }

    /// <summary>Both arguments in normal form.</summary>
    public bool Contains(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain) =>
        _domains.Contains(domain)
        || (_addresses.Set.Count > 0 && ContainsAddress(localPart, domain))
        || (!_addressParts.IsEmpty && ContainsAddressPart(localPart, domain))
        || (!_domainParts.IsEmpty && _domainParts.OccursIn(domain))
        || (domain.Contains(ALabelPrefix, StringComparison.Ordinal) && ContainsUnicodePart(localPart, domain));

    private bool ContainsAddress(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain)
    {
        var length = localPart.Length + 1 + domain.Length;
        var address = length <= StackLength ? stackalloc char[length] : new char[length];
        localPart.CopyTo(address);
        address[localPart.Length] = '@';
        domain.CopyTo(address[(localPart.Length + 1)..]);
        return _addresses.Contains(address);
    }

    private bool ContainsAddressPart(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain)
    {
        var state = _addressParts.Advance(PatternSet.Start, localPart);
        state = _addressParts.Advance(state, "@");
        return _addressParts.Advance(state, domain) == PatternSet.Found;
    }

    /// <summary>A pattern may be written in the script of the domain, which the normal form hides.</summary>
    private bool ContainsUnicodePart(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain)
    {
        if (_addressParts.IsEmpty && _domainParts.IsEmpty)
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

        return _domainParts.OccursIn(name) || ContainsAddressPart(localPart, name);
    }
}
