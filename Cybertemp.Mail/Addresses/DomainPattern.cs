namespace Cybertemp.Mail.Addresses;

/// <summary>
/// A domain, or <c>*.</c> and a domain for everything below it at any depth, not itself. In normal form, so that equal
/// patterns are equal values.
/// </summary>
internal readonly record struct DomainPattern(string Domain, bool IsWildcard)
{
    private const string Wildcard = "*.";

    /// <summary>Reads any spelling of a domain; false for what is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DomainPattern pattern)
    {
        text = text.Trim();
        var isWildcard = text.StartsWith(Wildcard, StringComparison.Ordinal);
        var isDomain = MailDomain.TryNormalize(isWildcard ? text[Wildcard.Length..] : text, out var domain);
        pattern = new DomainPattern(domain, isWildcard);
        return isDomain;
    }

    /// <summary>The pattern of what <see cref="ToString"/> wrote.</summary>
    public static DomainPattern OfRule(string rule) => rule.StartsWith(Wildcard, StringComparison.Ordinal)
        ? new DomainPattern(rule[Wildcard.Length..], IsWildcard: true)
        : new DomainPattern(rule, IsWildcard: false);

    /// <summary>For a domain in normal form.</summary>
    public bool Matches(ReadOnlySpan<char> domain) => IsWildcard ? IsAbove(domain) : domain.SequenceEqual(Domain);

    /// <summary>True when <paramref name="domain"/>, in normal form, is a subdomain of <see cref="Domain"/>.</summary>
    public bool IsAbove(ReadOnlySpan<char> domain) =>
        domain.Length > Domain.Length && domain[^(Domain.Length + 1)] == '.'
            && domain.EndsWith(Domain, StringComparison.Ordinal);

    public override string ToString() => IsWildcard ? Wildcard + Domain : Domain;
}
