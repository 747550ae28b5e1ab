using Npgsql;

namespace Cybertemp.Mail.Filters.Recipients;

/// <summary>
/// Changes of <c>blocked_addresses</c> and <c>domain_prefixes</c> by an operator. Rows are found by their normal form.
/// Thread-safe.
/// </summary>
internal sealed class RecipientTables(NpgsqlDataSource dataSource)
{
    /// <summary>All rows of <c>blocked_addresses</c>.</summary>
    public async Task<List<BlockedRow>> ReadBlockedAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "select id::text, coalesce(address, '') from blocked_addresses order by address");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<BlockedRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new BlockedRow(reader.GetString(0), reader.GetString(1)));
        }

        return rows;
    }

    /// <summary>All rows of <c>domain_prefixes</c>.</summary>
    public async Task<List<PrefixRow>> ReadPrefixesAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "select id::text, coalesce(domain, ''), coalesce(prefix, '') from domain_prefixes order by domain, prefix");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<PrefixRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new PrefixRow(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return rows;
    }

    /// <summary>Refuses mail for an address in normal form.</summary>
    /// <returns>False when it is refused already.</returns>
    public async Task<bool> BlockAsync(string address, CancellationToken ct) =>
        (await FindBlockedAsync(address, ct)).Length == 0
        && await ExecuteAsync("insert into blocked_addresses (address) values ($1)", [address], ct) > 0;

    /// <summary>Receives mail again for an address in normal form, however its row is spelled.</summary>
    /// <returns>False when it was not blocked.</returns>
    public async Task<bool> UnblockAsync(string address, CancellationToken ct) =>
        await ExecuteAsync(
            "delete from blocked_addresses where id::text = any($1)", [await FindBlockedAsync(address, ct)], ct) > 0;

    /// <summary>Adds a prefix; with the first one all other local parts of the domain are refused.</summary>
    /// <returns>False when it is there already.</returns>
    public async Task<bool> AddPrefixAsync(PrefixRule rule, CancellationToken ct) =>
        (await FindPrefixAsync(rule, ct)).Length == 0
        && await ExecuteAsync(
            "insert into domain_prefixes (domain, prefix) values ($1, $2)", [$"{rule.Domain}", rule.Prefix], ct) > 0;

    /// <summary>
    /// Removes a prefix, however its row is spelled; without the last one any local part is received.
    /// </summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemovePrefixAsync(PrefixRule rule, CancellationToken ct) =>
        await ExecuteAsync(
            "delete from domain_prefixes where id::text = any($1)", [await FindPrefixAsync(rule, ct)], ct) > 0;

    private async Task<string[]> FindBlockedAsync(string address, CancellationToken ct) =>
    [
        .. (await ReadBlockedAsync(ct))
            .Where(row => RuleNormalForm.TryAddress(row.Address ?? "", out var found) && found == address)
            .Select(static row => row.Id),
    ];

    private async Task<string[]> FindPrefixAsync(PrefixRule rule, CancellationToken ct) =>
    [
        .. (await ReadPrefixesAsync(ct))
            .Where(row => PrefixRule.TryParse(row.Domain, row.Prefix, out var found) && found == rule)
            .Select(static row => row.Id),
    ];

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
