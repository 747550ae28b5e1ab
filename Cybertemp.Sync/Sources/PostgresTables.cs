using Cybertemp.Sync.Rules;
using Npgsql;

namespace Cybertemp.Sync.Sources;

/// <summary>Changes of the filter tables of the own database by an operator. Rows are found by their normal form.</summary>
internal sealed class PostgresTables(NpgsqlDataSource dataSource)
{
    /// <summary>What any operation here throws when PostgreSQL is away or refuses.</summary>
    public static bool IsFailure(Exception ex) => ex is NpgsqlException or TimeoutException;

    /// <summary>All rows of <c>domains</c>: id and domain.</summary>
    public Task<IReadOnlyList<string[]>> ReadDomainsAsync(CancellationToken ct) =>
        ReadAsync("select id::text, domain from domains order by domain", columns: 2, ct);

    /// <summary>All rows of <c>bans</c>: id, scope, match type, value and status.</summary>
    public Task<IReadOnlyList<string[]>> ReadBansAsync(CancellationToken ct) =>
        ReadAsync("select id::text, scope, match_type, value, status from bans order by scope, match_type, value", columns: 5, ct);

    /// <summary>Adds a domain, or a wildcard.</summary>
    /// <returns>False when it is there already.</returns>
    public async Task<bool> AddDomainAsync(string rule, CancellationToken ct)
    {
        var ids = await FindDomainAsync(rule, ct);
        return ids.Length == 0 && await ExecuteAsync("insert into domains (domain) values ($1)", [rule], ct) > 0;
    }

    /// <summary>Removes a domain, or a wildcard, however its row is spelled.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveDomainAsync(string rule, CancellationToken ct) =>
        await ExecuteAsync("delete from domains where id::text = any($1)", [await FindDomainAsync(rule, ct)], ct) > 0;

    /// <summary>Adds a ban, or puts one in force again.</summary>
    /// <returns>False when it is in force already.</returns>
    public async Task<bool> AddBanAsync(BanRule ban, CancellationToken ct)
    {
        var found = await FindBanAsync(ban, ct);
        return found.Length == 0
            ? await ExecuteAsync("insert into bans (scope, match_type, value) values ($1, $2, $3)", [ban.Scope, ban.MatchType, ban.Rule], ct) > 0
            : await ExecuteAsync("update bans set status = 'active' where id::text = any($1) and status <> 'active'", [found], ct) > 0;
    }

    /// <summary>Removes a ban, in force or not, however its row is spelled.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveBanAsync(BanRule ban, CancellationToken ct) =>
        await ExecuteAsync("delete from bans where id::text = any($1)", [await FindBanAsync(ban, ct)], ct) > 0;

    private async Task<string[]> FindDomainAsync(string rule, CancellationToken ct) =>
    [
        .. (await ReadDomainsAsync(ct)).Where(row => RuleNormalForm.TryDomain(row[1], out var found) && found == rule).Select(static row => row[0]),
    ];

    private async Task<string[]> FindBanAsync(BanRule ban, CancellationToken ct) =>
    [
        .. (await ReadBansAsync(ct)).Where(row => BanRule.TryParse(row[1], row[2], row[3], out var found) && found == ban).Select(static row => row[0]),
    ];

    private async Task<IReadOnlyList<string[]>> ReadAsync(string sql, int columns, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add([.. Enumerable.Range(0, columns).Select(reader.GetString)]);
        }

        return rows;
    }

    private async Task<int> ExecuteAsync(string sql, object[] parameters, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return await command.ExecuteNonQueryAsync(ct);
    }
}
