using Cybertemp.Sync.Mirror;

namespace Cybertemp.Sync.Rules;

/// <summary>Rows to rules. A row that means nothing is left out and counted; it must not hold up the others.</summary>
internal sealed class RuleCompiler
{
    private readonly List<string> _domains = [];
    private readonly List<string> _addresses = [];
    private readonly List<string> _addressParts = [];
    private readonly List<string> _bannedDomains = [];
    private readonly List<string> _domainParts = [];
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
        if (BanRule.TryParse(row.Scope, row.MatchType, row.Value, out var ban))
        {
            ListOf(ban).Add(ban.Rule);
        }
        else
        {
            _unreadable.Add(row.Id);
        }
    }

    private List<string> ListOf(BanRule ban) => (ban.IsEmail, ban.IsExact) switch
    {
        (true, true) => _addresses,
        (true, false) => _addressParts,
        (false, true) => _bannedDomains,
        (false, false) => _domainParts,
    };

    private FilterRules ToRules(bool acceptsAllDomains) => new()
    {
        AcceptsAllDomains = acceptsAllDomains,
        Domains = Sorted(_domains),
        BannedAddresses = Sorted(_addresses),
        BannedAddressParts = Sorted(_addressParts),
        BannedDomains = Sorted(_bannedDomains),
        BannedDomainParts = Sorted(_domainParts),
    };

    private static string[] Sorted(List<string> rules)
    {
        rules.Sort(StringComparer.Ordinal);
        return [.. rules.Where((rule, i) => i == 0 || rule != rules[i - 1])];
    }
}
