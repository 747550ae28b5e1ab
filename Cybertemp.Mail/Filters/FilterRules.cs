namespace Cybertemp.Mail.Filters;

/// <summary>
/// All rules of one version, in normal form; every list is sorted by ordinal and without duplicates. Immutable.
/// </summary>
internal sealed class FilterRules
{
    /// <summary>Mail for any domain is received; <see cref="Domains"/> is empty then.</summary>
    public bool AcceptsAllDomains { get; init; }

    /// <summary><c>*.example.org</c> is every subdomain of example.org at any depth, not itself.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary><c>local-part@domain</c>.</summary>
    public IReadOnlyList<string> BannedAddresses { get; init; } = [];

    /// <summary>Banned wherever they occur in <c>local-part@domain</c>; never empty strings.</summary>
    public IReadOnlyList<string> BannedAddressParts { get; init; } = [];

    /// <summary>Each with its subdomains; <c>*.example.org</c> without example.org itself.</summary>
    public IReadOnlyList<string> BannedDomains { get; init; } = [];

    /// <summary>Banned wherever they occur in a domain; never empty strings.</summary>
    public IReadOnlyList<string> BannedDomainParts { get; init; } = [];

    /// <summary><c>local-part@domain</c> of accepted domains, received for no more.</summary>
    public IReadOnlyList<string> BlockedAddresses { get; init; } = [];

    /// <summary>
    /// <c>prefix@example.org</c>: local parts there begin with one of its prefixes; <c>prefix@*.example.org</c> for all
    /// below it.
    /// </summary>
    public IReadOnlyList<string> DomainPrefixes { get; init; } = [];

    /// <summary>Rules of which recipients of accepted domains are received.</summary>
    public int RecipientCount => BlockedAddresses.Count + DomainPrefixes.Count;

    public int BanCount =>
        BannedAddresses.Count + BannedAddressParts.Count + BannedDomains.Count + BannedDomainParts.Count;
}
