namespace Cybertemp.Mail.Filters;

/// <summary>A ban in normal form.</summary>
/// <param name="Scope"><c>email</c> or <c>domain</c>.</param>
/// <param name="MatchType"><c>exact</c> or <c>contains</c>.</param>
internal sealed record BanRule(string Scope, string MatchType, string Rule)
{
    private const string Email = "email";
    private const string Domain = "domain";
    private const string Exact = "exact";
    private const string Contains = "contains";

    public bool IsEmail => Scope == Email;

    public bool IsExact => MatchType == Exact;

    /// <summary>Reads a row; without a match type it is exact.</summary>
    public static bool TryParse(string? scope, string? matchType, string? value, out BanRule ban)
    {
        var kind = (Fold(scope), Fold(matchType) is { Length: > 0 } match ? match : Exact);
        var rule = "";
        var isReadable = kind switch
        {
            (Email, Exact) => RuleNormalForm.TryAddress(value ?? "", out rule),
            (Domain, Exact) => RuleNormalForm.TryBannedDomain(value ?? "", out rule),
            (Email or Domain, Contains) => RuleNormalForm.TryPart(value ?? "", out rule),
            _ => false,
        };
        ban = new BanRule(kind.Item1, kind.Item2, rule);
        return isReadable;
    }

    private static string Fold(string? word) => (word ?? "").Trim().ToLowerInvariant();
}
