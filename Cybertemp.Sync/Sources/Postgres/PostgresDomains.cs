using Cybertemp.Mail.Filters;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.Sync.Sources.Postgres;

/// <summary>The table <c>domains</c> of the own database. Seeds it once when it is empty.</summary>
internal sealed class PostgresDomains(NpgsqlDataSource dataSource, IOptions<FiltersOptions> options)
    : IRowSource<DomainRow>
{
    private readonly TablePresence _table = new(dataSource, "domains");
    private bool _isSeeded = options.Value.SeedDomains.Count == 0;

    public async Task<IReadOnlyList<DomainRow>?> ReadAsync(CancellationToken ct)
    {
        if (!await _table.WasSeenAsync(ct))
        {
            return null;
        }

        await SeedAsync(ct);
        await using var command = dataSource.CreateCommand(
            "select coalesce(id::text, ''), coalesce(domain, '') from domains");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<DomainRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new DomainRow(reader.GetString(0), reader.GetString(1)));
        }

        return rows;
    }

    private async Task SeedAsync(CancellationToken ct)
    {
        if (!_isSeeded)
        {
            await using var command = dataSource.CreateCommand(
                "insert into domains (domain) select unnest($1::text[]) where not exists (select from domains)");
            command.Parameters.Add(new NpgsqlParameter { Value = options.Value.SeedDomains.ToArray() });
            await command.ExecuteNonQueryAsync(ct);
            _isSeeded = true;
        }
    }
}
