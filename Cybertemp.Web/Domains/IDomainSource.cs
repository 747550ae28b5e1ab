namespace Cybertemp.Web.Domains;

/// <summary>Where it is written which domains are accepted.</summary>
internal interface IDomainSource
{
    /// <summary>The domains now; null when none were published yet.</summary>
    Task<AcceptedDomains?> ReadAsync(CancellationToken ct);
}
