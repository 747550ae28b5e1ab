using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using Cybertemp.Mail.Addresses;

namespace Cybertemp.Mail.Filters;

/// <summary>
/// The banned senders. Immutable; a look-up takes no lock and, for addresses of usual length, allocates nothing.
/// </summary>
internal sealed class BanList
{
    /// <summary>Characters of an address that is put together on the stack.</summary>
    private const int StackLength = 512;

    private const string ALabelPrefix = "xn--";

    private static readonly IdnMapping Idn = new();

    private readonly FilterTable<FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>> _addresses;
    private readonly FilterTable<DomainSet> _domains;
    private readonly FilterTable<SearchValues<string>> _addressParts;
    private readonly FilterTable<SearchValues<string>> _domainParts;

    /// <summary>Builds the tables; call it off the sessions' threads.</summary>
    public BanList(FilterRules rules, BanList? previous)
    {
        _addresses = FilterTable<FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>>.Create(
            rules.BannedAddresses,
            previous?._addresses,
            static r => OrdinalComparer.Freeze(r));
        _domains = FilterTable<DomainSet>.Create(
            rules.BannedDomains,
            previous?._domains,
            static r => new DomainSet([.. r.Select(DomainPattern.OfRule)], withSubdomains: true));
        _addressParts = CreateParts(rules.BannedAddressParts, previous?._addressParts);
        _domainParts = CreateParts(rules.BannedDomainParts, previous?._domainParts);
    }

    /// <summary>Both arguments in normal form.</summary>
    public bool Contains(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain)
    {
        var length = localPart.Length + 1 + domain.Length;
        var address = length <= StackLength ? stackalloc char[length] : new char[length];
        localPart.CopyTo(address);
        address[localPart.Length] = '@';
        domain.CopyTo(address[(localPart.Length + 1)..]);
        return _domains.Lookup.Contains(domain)
            || _addresses.Lookup.Contains(address)
            || address.ContainsAny(_addressParts.Lookup)
            || domain.ContainsAny(_domainParts.Lookup)
            || (domain.Contains(ALabelPrefix, StringComparison.Ordinal) && ContainsUnicodePart(localPart, domain));
    }

    private static FilterTable<SearchValues<string>> CreateParts(
        IReadOnlyList<string> parts, FilterTable<SearchValues<string>>? previous) =>
        FilterTable<SearchValues<string>>.Create(
            parts, previous, static r => SearchValues.Create([.. r], StringComparison.Ordinal));

    /// <summary>A part may be written in the script of the domain, which the normal form hides.</summary>
    private bool ContainsUnicodePart(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain)
    {
        try
        {
            var name = Idn.GetUnicode(domain.ToString());
            return name.AsSpan().ContainsAny(_domainParts.Lookup)
                || $"{localPart}@{name}".AsSpan().ContainsAny(_addressParts.Lookup);
        }
        catch (ArgumentException)
        {
            // An A-label in look only: nothing is hidden.
            return false;
        }
    }
}
