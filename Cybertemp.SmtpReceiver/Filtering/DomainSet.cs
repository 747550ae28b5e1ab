using System.Collections.Frozen;

namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>Domains, each alone, with its subdomains, or only its subdomains. A lookup costs one probe a label and no allocation.</summary>
internal sealed class DomainSet
{
    private const string Wildcard = "*.";

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _parents;

    /// <summary>Builds the tables; call it off the sessions' threads.</summary>
    /// <param name="domains">In normal form; <c>*.example.org</c> is every subdomain of example.org, not itself.</param>
    /// <param name="withSubdomains">Plain domains bring in their subdomains too.</param>
    public DomainSet(IReadOnlyList<string> domains, bool withSubdomains)
    {
        _exact = RuleComparer.Freeze(domains.Where(static d => !IsWildcard(d)));
        _parents = RuleComparer.Freeze(domains
            .Where(d => withSubdomains || IsWildcard(d))
            .Select(static d => IsWildcard(d) ? d[Wildcard.Length..] : d));
    }

    public bool Contains(ReadOnlySpan<char> domain) => _exact.Contains(domain) || (_parents.Set.Count > 0 && ContainsParentOf(domain));

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

    private static bool IsWildcard(string domain) => domain.StartsWith(Wildcard, StringComparison.Ordinal);
}
