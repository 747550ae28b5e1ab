using Cybertemp.Mail.Addresses;
using Npgsql;

namespace Cybertemp.Mail.Filters;

/// <summary>
/// Changes of <c>domains</c> and <c>bans</c> by an operator. Rows are found by their normal form. Thread-safe.
/// </summary>
internal sealed class RuleTables(NpgsqlDataSource dataSource)
{
    /// <summary>All rows of <c>domains</c>.</summary>
    public Task<List<DomainRow>> ReadDomainsAsync(CancellationToken ct) => ReadAsync(
        "select id::text, domain from domains order by domain",
        static reader => new DomainRow(reader.GetString(0), Text(reader, 1)),
        ct);

    /// <summary>
    /// All rows of <c>bans</c>, in force when the status is <c>active</c>. A table that is older than ours may have
    /// nulls.
    /// </summary>
    public Task<List<(BanRow Ban, string? Status)>> ReadBansAsync(CancellationToken ct) => ReadAsync(
        "select id::text, scope, value, match_type, status from bans order by scope, match_type, value",
        static reader =>
            (new BanRow(reader.GetString(0), Text(reader, 1), Text(reader, 2), Text(reader, 3)), Text(reader, 4)),
        ct);

    /// <summary>Adds a domain, or a wildcard.</summary>
    /// <returns>False when it is there already.</returns>
    public async Task<bool> AddDomainAsync(DomainPattern domain, CancellationToken ct) =>
        (await FindDomainAsync(domain, ct)).Length == 0
        && await ExecuteAsync("insert into domains (domain) values ($1)", [domain.ToString()], ct) > 0;

    /// <summary>Removes a domain, or a wildcard, however its row is spelled.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveDomainAsync(DomainPattern domain, CancellationToken ct) =>
        await ExecuteAsync("delete from domains where id::text = any($1)", [await FindDomainAsync(domain, ct)], ct) > 0;

    /// <summary>Adds a ban, or puts one in force again.</summary>
    /// <returns>False when it is in force already.</returns>
    public async Task<bool> AddBanAsync(BanRule ban, CancellationToken ct)
    {
        var found = await FindBanAsync(ban, ct);
        return found.Length == 0
            ? await ExecuteAsync("insert into bans (scope, match_type, value) values ($1, "
                + "$2, $3)", [ban.Scope, ban.MatchType, ban.Rule], ct) > 0
            : await ExecuteAsync(
                "update bans set status = 'active' where id::text = any($1) and status is distinct from 'active'",
                [found], ct) > 0;
    }

    /// <summary>Removes a ban, in force or not, however its row is spelled.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveBanAsync(BanRule ban, CancellationToken ct) =>
        await ExecuteAsync("delete from bans where id::text = any($1)", [await FindBanAsync(ban, ct)], ct) > 0;

    private async Task<string[]> FindDomainAsync(DomainPattern domain, CancellationToken ct) =>
    [
        .. (await ReadDomainsAsync(ct))
            .Where(row => DomainPattern.TryParse(row.Domain, out var found) && found == domain)
            .Select(static row => row.Id),
    ];

    private async Task<string[]> FindBanAsync(BanRule ban, CancellationToken ct) =>
    [
        .. (await ReadBansAsync(ct))
            .Select(static row => row.Ban)
            .Where(row => BanRule.TryParse(row.Scope, row.MatchType, row.Value, out var found) && found == ban)
            .Select(static row => row.Id),
    ];

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

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
