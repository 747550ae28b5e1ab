using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Mail.Filters;

/// <summary>Rows to rules. A row that means nothing is left out and counted; it must not hold up the others.</summary>
internal sealed class RuleCompiler
{
    private readonly List<string> _domains = [];
    private readonly List<string> _addresses = [];
    private readonly List<string> _addressParts = [];
    private readonly List<string> _bannedDomains = [];
    private readonly List<string> _domainParts = [];
    private readonly List<string> _blocked = [];
    private readonly List<string> _prefixes = [];
    private readonly List<string> _unreadable = [];

    private RuleCompiler()
    {
    }

    /// <summary>The rules that the rows say.</summary>
    /// <param name="domains">Null accepts every domain.</param>
    /// <param name="bans">Active ones; null bans nobody.</param>
    /// <param name="recipients">Which addresses of the domains are refused.</param>
    /// <param name="unreadable">The ids of rows that were left out.</param>
    public static FilterRules Compile(
        IReadOnlyList<DomainRow>? domains,
        IReadOnlyList<BanRow>? bans,
        RecipientRows recipients,
        out IReadOnlyList<string> unreadable)
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

        foreach (var row in recipients.Blocked)
        {
            compiler.Add(row);
        }

        foreach (var row in recipients.Prefixes)
        {
            compiler.Add(row);
        }

        unreadable = compiler._unreadable;
        return compiler.ToRules(domains is null);
    }

    private void Add(DomainRow row)
    {
        if (DomainPattern.TryParse(row.Domain, out var pattern))
        {
            _domains.Add(pattern.ToString());
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

    private void Add(BlockedRow row)
    {
        if (RuleNormalForm.TryAddress(row.Address ?? "", out var address))
        {
            _blocked.Add(address);
        }
        else
        {
            _unreadable.Add(row.Id);
        }
    }

    private void Add(PrefixRow row)
    {
        if (PrefixRule.TryParse(row.Domain, row.Prefix, out var rule))
        {
            _prefixes.Add(rule.ToString());
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
        BlockedAddresses = Sorted(_blocked),
        DomainPrefixes = Sorted(_prefixes),
    };

    private static string[] Sorted(List<string> rules)
    {
        rules.Sort(StringComparer.Ordinal);
        return [.. rules.Where((rule, i) => i == 0 || rule != rules[i - 1])];
    }
}
