using Cybertemp.Mail.Filters.Recipients;
using Npgsql;

namespace Cybertemp.Sync.Sources.Postgres;

/// <summary>
/// The table <c>domain_prefixes</c> of the own database. While there has never been one, as in a schema that is older
/// than this program, any local part will do.
/// </summary>
internal sealed class PostgresPrefixes(NpgsqlDataSource dataSource) : IRowSource<PrefixRow>
{
    private readonly TablePresence _table = new(dataSource, "domain_prefixes");
    private readonly RecipientTables _rows = new(dataSource);

    public async Task<IReadOnlyList<PrefixRow>?> ReadAsync(CancellationToken ct) =>
        await _table.WasSeenAsync(ct) ? await _rows.ReadPrefixesAsync(ct) : [];
}
