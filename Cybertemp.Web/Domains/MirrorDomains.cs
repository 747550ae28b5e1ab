using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Web.Domains;

/// <summary>The filters' mirror in Redis: what the receivers themselves look at.</summary>
/// <param name="offered">Offered where every domain is accepted.</param>
internal sealed class MirrorDomains(MirrorReader mirror, IReadOnlyList<DomainPattern> offered) : IDomainSource
{
    private AcceptedDomains? _last;
    private RecipientRules? _recipients;
    private long _lastVersion;

    public async Task<AcceptedDomains?> ReadAsync(CancellationToken ct)
    {
        var version = await mirror.ReadCurrentVersionAsync(ct);
        if (version == 0 || version == _lastVersion)
        {
            return _last;
        }

        var rules = await mirror.ReadAsync(version, ct);
        _recipients = new RecipientRules(rules, _recipients);
        _last = rules.AcceptsAllDomains
            ? new AcceptedDomains(offered, acceptsAll: true, _recipients)
            : new AcceptedDomains([.. rules.Domains.Select(DomainPattern.OfRule)], acceptsAll: false, _recipients);
        _lastVersion = version;
        return _last;
    }
}
