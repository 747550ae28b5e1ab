using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Web.Domains;

/// <summary>Every domain is accepted, by configuration.</summary>
/// <param name="offered">What the operator names to be offered.</param>
internal sealed class OpenDomains(IReadOnlyList<DomainPattern> offered) : IDomainSource
{
    private readonly AcceptedDomains _domains = new(
        offered, acceptsAll: true, new RecipientRules(new FilterRules()));

    public Task<AcceptedDomains?> ReadAsync(CancellationToken ct) => Task.FromResult<AcceptedDomains?>(_domains);
}
