using System.Globalization;
using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Mail.Filters;

/// <summary>
/// Says which rule decides. Goes through the rules one by one, in no hurry; what it decides is what the receiver's
/// tables decide.
/// </summary>
internal static class RuleExplanation
{
    private const string Blocked = "the address is blocked";

    private static readonly IdnMapping Idn = new();

    /// <summary>The rule that accepts mail for a domain in normal form; null when none does.</summary>
    public static string? FindAccepting(FilterRules rules, string domain) => rules switch
    {
        { AcceptsAllDomains: true } => "every domain",
        _ when domain.Length == 0 => "the bare postmaster",
        _ => rules.Domains.FirstOrDefault(rule => DomainPattern.OfRule(rule).Matches(domain)),
    };

    /// <summary>The rule that bans a sender, both parts in normal form; null when none does.</summary>
    public static string? FindBan(FilterRules rules, string localPart, string domain)
    {
        var (address, name) = ($"{localPart}@{domain}", ToUnicode(domain));
        return Find("domain", rules.BannedDomains, rule => Bans(DomainPattern.OfRule(rule), domain))
            ?? Find("email", rules.BannedAddresses, rule => address == rule)
            ?? Find(
                "email contains",
                rules.BannedAddressParts,
                rule => Contains(address, rule) || Contains($"{localPart}@{name}", rule))
            ?? Find("domain contains", rules.BannedDomainParts, rule => Contains(domain, rule) || Contains(name, rule));
    }

    /// <summary>
    /// Why mail for an address of an accepted domain, both parts in normal form, is refused; null when it is not.
    /// </summary>
    public static string? FindRefusing(FilterRules rules, string localPart, string domain)
    {
        var local = localPart.Trim('"');
        string[] prefixes =
        [
            .. rules.DomainPrefixes.Select(PrefixRule.OfRule)
                .Where(rule => rule.Domain.Matches(domain)).Select(static rule => rule.Prefix),
        ];
        return localPart == "postmaster" ? null
            : rules.BlockedAddresses.Contains($"{localPart}@{domain}", StringComparer.Ordinal) ? Blocked
            : prefixes.Length == 0 || prefixes.Any(prefix => local.StartsWith(prefix, StringComparison.Ordinal)) ? null
            : $"{domain} receives for {string.Join(", ", prefixes.Select(static prefix => prefix + "*"))} only";
    }

    private static string? Find(string kind, IEnumerable<string> rules, Func<string, bool> decides) =>
        rules.FirstOrDefault(decides) is { } rule ? $"{kind} {rule}" : null;

    private static bool Bans(DomainPattern pattern, string domain) =>
        pattern.Matches(domain) || pattern.IsAbove(domain);

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
