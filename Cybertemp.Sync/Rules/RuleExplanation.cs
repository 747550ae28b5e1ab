using System.Globalization;
using Cybertemp.Sync.Mirror;

namespace Cybertemp.Sync.Rules;

/// <summary>
/// Says which rule decides. Goes through the rules one by one, in no hurry; what it decides is what the receiver's tables
/// decide.
/// </summary>
internal static class RuleExplanation
{
    private static readonly IdnMapping Idn = new();

    /// <summary>The rule that accepts mail for a domain in normal form; null when none does.</summary>
    public static string? FindAccepting(FilterRules rules, string domain) => rules switch
    {
        { AcceptsAllDomains: true } => "every domain",
        _ when domain.Length == 0 => "the bare postmaster",
        _ => rules.Domains.FirstOrDefault(rule => IsWildcard(rule) ? IsBelow(domain, rule[2..]) : domain == rule),
    };

    /// <summary>The rule that bans a sender, both parts in normal form; null when none does.</summary>
    public static string? FindBan(FilterRules rules, string localPart, string domain)
    {
        var (address, name) = ($"{localPart}@{domain}", ToUnicode(domain));
        return Find("domain", rules.BannedDomains, rule => IsWildcard(rule) ? IsBelow(domain, rule[2..]) : domain == rule || IsBelow(domain, rule))
            ?? Find("email", rules.BannedAddresses, rule => address == rule)
            ?? Find("email contains", rules.BannedAddressParts, rule => Contains(address, rule) || Contains($"{localPart}@{name}", rule))
            ?? Find("domain contains", rules.BannedDomainParts, rule => Contains(domain, rule) || Contains(name, rule));
    }

    private static string? Find(string kind, IEnumerable<string> rules, Func<string, bool> decides) =>
        rules.FirstOrDefault(decides) is { } rule ? $"{kind} {rule}" : null;

    private static bool IsWildcard(string rule) => rule.StartsWith("*.", StringComparison.Ordinal);

    private static bool IsBelow(string domain, string parent) => domain.EndsWith($".{parent}", StringComparison.Ordinal);

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    private static string ToUnicode(string domain)
    {
        try
        {
            return Idn.GetUnicode(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }
}
