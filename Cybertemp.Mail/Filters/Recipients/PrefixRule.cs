using Cybertemp.Mail.Addresses;

namespace Cybertemp.Mail.Filters.Recipients;

/// <summary>
/// What local parts of a domain may begin with, in normal form. Equal rules are equal values; several of a domain add
/// up.
/// </summary>
internal readonly record struct PrefixRule(DomainPattern Domain, string Prefix)
{
    /// <summary>Characters; it leaves room for a name that nobody can guess.</summary>
    private const int MaxLength = 40;

    /// <summary>Reads any spelling; false for no domain, and for a prefix that no local part can have.</summary>
    public static bool TryParse(string? domain, string? prefix, out PrefixRule rule)
    {
        var isPrefix = RuleNormalForm.TryPart(prefix ?? "", out var part)
            && part.Length <= MaxLength && part.All(static c => c == '.' || MailLocalPart.IsAtomText(c));
        var isDomain = DomainPattern.TryParse(domain, out var pattern);
        rule = new PrefixRule(pattern, part);
        return isPrefix && isDomain;
    }

    /// <summary>The rule of what <see cref="ToString"/> wrote.</summary>
    public static PrefixRule OfRule(string rule)
    {
        var at = rule.IndexOf('@', StringComparison.Ordinal);
        return new PrefixRule(DomainPattern.OfRule(rule[(at + 1)..]), rule[..at]);
    }

    public override string ToString() => $"{Prefix}@{Domain}";
}
