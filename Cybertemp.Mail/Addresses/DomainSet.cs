using System.Collections.Frozen;

namespace Cybertemp.Mail.Addresses;

/// <summary>Many patterns at once. Immutable; a look-up costs one probe a label and no allocation.</summary>
internal sealed class DomainSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _parents;

    /// <summary>Builds the tables; call it off the sessions' threads.</summary>
    /// <param name="withSubdomains">Plain domains bring in their subdomains too.</param>
    public DomainSet(IReadOnlyCollection<DomainPattern> patterns, bool withSubdomains)
    {
        _exact = OrdinalComparer.Freeze(patterns.Where(static p => !p.IsWildcard).Select(static p => p.Domain));
        _parents = OrdinalComparer.Freeze(
            patterns.Where(p => withSubdomains || p.IsWildcard).Select(static p => p.Domain));
    }

    /// <summary>Reads patterns that are separated by commas; false when one of them is none, and left out.</summary>
    public static bool TryParse(string text, out DomainSet domains)
    {
        var (patterns, isValid) = (new List<DomainPattern>(), true);
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var isPattern = DomainPattern.TryParse(entry, out var pattern);
            isValid &= isPattern;
            if (isPattern)
            {
                patterns.Add(pattern);
            }
        }

        domains = new DomainSet(patterns, withSubdomains: false);
        return isValid;
    }

    /// <summary>For a domain in normal form.</summary>
    public bool Contains(ReadOnlySpan<char> domain) =>
        _exact.Contains(domain) || (_parents.Set.Count > 0 && ContainsParentOf(domain));

    private bool ContainsParentOf(ReadOnlySpan<char> domain)
    {
        for (var dot = domain.IndexOf('.'); dot >= 0; dot = domain.IndexOf('.'))
        {
            domain = domain[(dot + 1)..];
            if (_parents.Contains(domain))
            {
                return true;
            }
        }

        return false;
    }
}
