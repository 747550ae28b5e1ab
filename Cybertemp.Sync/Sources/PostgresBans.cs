using Cybertemp.Sync.Rules;
using Npgsql;

namespace Cybertemp.Sync.Sources;

/// <summary>The active rows of the table <c>bans</c> of the own database.</summary>
internal sealed class PostgresBans(NpgsqlDataSource dataSource) : IRowSource<BanRow>
{
    public async Task<IReadOnlyList<BanRow>> ReadAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "select id::text, coalesce(scope, ''), coalesce(value, ''), coalesce(match_type, '') from bans where status = 'active'");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<BanRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new BanRow(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        }

        return rows;
    }
}
