using Cybertemp.Mail.Filters;
using Npgsql;

namespace Cybertemp.Sync.Sources.Postgres;

/// <summary>The active rows of the table <c>bans</c> of the own database.</summary>
internal sealed class PostgresBans(NpgsqlDataSource dataSource) : IRowSource<BanRow>
{
    private readonly TablePresence _table = new(dataSource, "bans");

    public async Task<IReadOnlyList<BanRow>?> ReadAsync(CancellationToken ct)
    {
        if (!await _table.WasSeenAsync(ct))
        {
            return null;
        }

        // A table that is older than the receiver's may hold nulls.
        await using var command = dataSource.CreateCommand(
            "select coalesce(id::text, ''), coalesce(scope, ''), coalesce(value, ''), coalesce(match_type, '') "
            + "from bans where status = 'active'");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<BanRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new BanRow(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        }

        return rows;
    }
}
