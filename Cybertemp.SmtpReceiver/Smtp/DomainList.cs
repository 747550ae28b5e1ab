using System.Collections.Frozen;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>Domains out of an option, exact or <c>*.</c> for every subdomain. Immutable.</summary>
internal sealed class DomainList
{
    private const string Wildcard = "*.";

    private readonly FrozenSet<string> _domains;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _parents;

    private DomainList(IEnumerable<string> domains, IEnumerable<string> parents)
    {
        _domains = domains.ToFrozenSet(StringComparer.Ordinal);
        _parents = parents.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static bool TryParse(string text, out DomainList list)
    {
        var (domains, parents, isValid) = (new List<string>(), new List<string>(), true);
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var isParent = entry.StartsWith(Wildcard, StringComparison.Ordinal);
            isValid &= MailDomain.TryNormalize(isParent ? entry.AsSpan(Wildcard.Length) : entry, out var domain);
            (isParent ? parents : domains).Add(domain);
        }

        list = new DomainList(domains, parents);
        return isValid;
    }

    /// <summary>For a domain in normal form.</summary>
    public bool Contains(string domain)
    {
        if (_domains.Contains(domain))
        {
            return true;
        }

        for (var dot = domain.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = domain.IndexOf('.', dot + 1))
        {
            if (_parents.Contains(domain.AsSpan(dot + 1)))
            {
                return true;
            }
        }

        return false;
    }
}
