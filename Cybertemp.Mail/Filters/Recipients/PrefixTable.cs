using System.Collections.Frozen;

namespace Cybertemp.Mail.Filters.Recipients;

/// <summary>The prefixes of all domains that have some. Immutable; a look-up costs one probe a label.</summary>
internal sealed class PrefixTable
{
    private readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> _parents;

    /// <summary>Builds the tables; call it off the sessions' threads.</summary>
    public PrefixTable(IEnumerable<PrefixRule> rules)
    {
        var kinds = rules.ToLookup(static r => r.Domain.IsWildcard);
        (_exact, _parents) = (Freeze(kinds[false]), Freeze(kinds[true]));
    }

    /// <summary>
    /// The prefixes for a domain in normal form, of its own and of the wildcards above it; none where any local part
    /// will do.
    /// </summary>
    public IReadOnlyList<string> Of(ReadOnlySpan<char> domain)
    {
        var found = _exact.TryGetValue(domain, out var own) ? own : [];
        if (_parents.Dictionary.Count > 0)
        {
            for (var dot = domain.IndexOf('.'); dot >= 0; dot = domain.IndexOf('.'))
            {
                domain = domain[(dot + 1)..];
                found = _parents.TryGetValue(domain, out var more) ? [.. found, .. more] : found;
            }
        }

        return found;
    }

    private static FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> Freeze(
        IEnumerable<PrefixRule> rules) => rules
        .GroupBy(static r => r.Domain.Domain, static r => r.Prefix, StringComparer.Ordinal)
        .ToFrozenDictionary(static g => g.Key, static g => g.ToArray(), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();
}
