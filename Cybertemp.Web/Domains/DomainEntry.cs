using Cybertemp.Mail.Addresses;

namespace Cybertemp.Web.Domains;

/// <summary>A domain that mail is accepted for.</summary>
/// <param name="Domain">A-labels, without "*.".</param>
/// <param name="Wildcard">Every subdomain of it at any depth, not itself.</param>
internal sealed record DomainEntry(string Domain, bool Wildcard)
{
    public static DomainEntry Of(DomainPattern pattern) => new(pattern.Domain, pattern.IsWildcard);
}
