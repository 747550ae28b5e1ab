using Cybertemp.Mail.Filters.Recipients;
using Npgsql;

namespace Cybertemp.Sync.Sources.Postgres;

/// <summary>
/// The table <c>blocked_addresses</c> of the own database. While there has never been one, as in a schema that is older
/// than this program, nothing is blocked.
/// </summary>
internal sealed class PostgresBlocked(NpgsqlDataSource dataSource) : IRowSource<BlockedRow>
{
    private readonly TablePresence _table = new(dataSource, "blocked_addresses");
    private readonly RecipientTables _rows = new(dataSource);

    public async Task<IReadOnlyList<BlockedRow>?> ReadAsync(CancellationToken ct) =>
        await _table.WasSeenAsync(ct) ? await _rows.ReadBlockedAsync(ct) : [];
}
