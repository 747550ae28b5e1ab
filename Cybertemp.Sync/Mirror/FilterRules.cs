namespace Cybertemp.Sync.Mirror;

/// <summary>All rules of one version, in normal form; every list is sorted by ordinal and without duplicates. Immutable.</summary>
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

    public int BanCount => BannedAddresses.Count + BannedAddressParts.Count + BannedDomains.Count + BannedDomainParts.Count;
}
