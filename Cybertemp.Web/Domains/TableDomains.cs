using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Recipients;
using Cybertemp.Web.Database;

namespace Cybertemp.Web.Domains;

/// <summary>The table <c>domains</c>, for an installation without Redis.</summary>
internal sealed class TableDomains(MailDatabase database) : IDomainSource
{
    /// <summary>A list beyond it is no menu any more.</summary>
    private const int MaxDomains = 100_000;

    private readonly RecipientTables _recipients = new(database.Read);

    public async Task<AcceptedDomains?> ReadAsync(CancellationToken ct)
    {
        var rules = RuleCompiler.Compile(
            await ReadDomainsAsync(ct), bans: null,
            new RecipientRows(await _recipients.ReadBlockedAsync(ct), await _recipients.ReadPrefixesAsync(ct)), out _);
        return new AcceptedDomains(
            [.. rules.Domains.Select(DomainPattern.OfRule)], acceptsAll: false, new RecipientRules(rules));
    }

    private async Task<List<DomainRow>> ReadDomainsAsync(CancellationToken ct)
    {
        await using var command = database.Read.CreateCommand("select domain from domains order by domain limit $1");
        command.Parameters.Add(Parameters.Number(MaxDomains));
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<DomainRow>();
        while (await row.ReadAsync(ct))
        {
            rows.Add(new DomainRow("", row.GetString(0)));
        }

        return rows;
    }
}
