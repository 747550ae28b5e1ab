using Cybertemp.Sync.Mirror;

namespace Cybertemp.Sync.Rules;

/// <summary>Rows to rules. A row that means nothing is left out and counted; it must not hold up the others.</summary>
internal sealed class RuleCompiler
{
    private readonly SortedSet<string> _domains = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _addresses = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _addressParts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _bannedDomains = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _domainParts = new(StringComparer.Ordinal);
    private readonly List<string> _unreadable = [];

    private RuleCompiler()
    {
    }

    /// <summary>The rules that the rows say.</summary>
    /// <param name="domains">Null accepts every domain.</param>
    /// <param name="bans">Active ones; null bans nobody.</param>
    /// <param name="unreadable">The ids of rows that were left out.</param>
    public static FilterRules Compile(IReadOnlyList<DomainRow>? domains, IReadOnlyList<BanRow>? bans, out IReadOnlyList<string> unreadable)
    {
        var compiler = new RuleCompiler();
        foreach (var row in domains ?? [])
        {
            compiler.Add(row);
        }

        foreach (var row in bans ?? [])
        {
            compiler.Add(row);
        }

        unreadable = compiler._unreadable;
        return compiler.ToRules(domains is null);
    }

    private void Add(DomainRow row)
    {
        if (RuleNormalForm.TryDomain(row.Domain ?? "", out var rule))
        {
            _domains.Add(rule);
        }
        else
        {
            _unreadable.Add(row.Id);
        }
    }

    private void Add(BanRow row)
    {
        var value = row.Value ?? "";
        var (rules, isReadable, rule) = (Fold(row.Scope), Fold(row.MatchType)) switch
        {
            ("email", "exact" or "") => (_addresses, RuleNormalForm.TryAddress(value, out var r), r),
            ("email", "contains") => (_addressParts, RuleNormalForm.TryPart(value, out var r), r),
            ("domain", "exact" or "") => (_bannedDomains, RuleNormalForm.TryBannedDomain(value, out var r), r),
            ("domain", "contains") => (_domainParts, RuleNormalForm.TryPart(value, out var r), r),
            _ => (_domainParts, false, ""),
        };
        if (isReadable)
        {
            rules.Add(rule);
        }
        else
        {
            _unreadable.Add(row.Id);
        }
    }

    private FilterRules ToRules(bool acceptsAllDomains) => new()
    {
        AcceptsAllDomains = acceptsAllDomains,
        Domains = [.. _domains],
        BannedAddresses = [.. _addresses],
        BannedAddressParts = [.. _addressParts],
        BannedDomains = [.. _bannedDomains],
        BannedDomainParts = [.. _domainParts],
    };

    private static string Fold(string? word) => (word ?? "").Trim().ToLowerInvariant();
}
