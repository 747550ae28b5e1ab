using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Inboxes;
using Npgsql;

namespace Cybertemp.Cli.Importing;

/// <summary>Copies domains, bans and private addresses: short tables, each read whole.</summary>
internal sealed class RuleImport(NpgsqlDataSource source, NpgsqlDataSource target)
{
    private const string AddDomains = """
        insert into domains (domain) select d from unnest($1) d
        where not exists (select from domains where domain = d) on conflict do nothing
        """;

    private const string AddBans = """
        insert into bans (scope, match_type, value) select * from unnest($1, $2, $3) as b (scope, match_type, value)
        where not exists (
            select from bans where scope = b.scope and match_type = b.match_type and value = b.value and status = 'active')
        """;

    public async Task<ImportCount?> ImportDomainsAsync(SourceTable table, CancellationToken ct)
    {
        var rows = await ReadAsync(table, ct, ("domain", ["domain", "name"]));
        var domains = rows.Select(static r => DomainPattern.TryParse(r[0], out var domain) ? $"{domain}" : "")
            .Where(static d => d.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        return table.Used.ContainsKey("domain")
            ? new(rows.Count, await AddAsync(AddDomains, ct, domains), Expired: 0, Unusable: 0)
            : null;
    }

    public async Task<ImportCount?> ImportBansAsync(SourceTable table, CancellationToken ct)
    {
        var rows = await ReadAsync(
            table, ct,
            ("scope", ["scope"]), ("match_type", ["match_type"]), ("value", ["value"]), ("status", ["status"]));
        if (!table.Used.ContainsKey("scope") || !table.Used.ContainsKey("value"))
        {
            return null;
        }

        var active = rows.Where(static r => r[3] is "" or "active").ToList();
        var bans = active.Select(static r => BanRule.TryParse(r[0], r[1], r[2], out var ban) ? ban : null)
            .OfType<BanRule>().Distinct().ToArray();
        var copied = await AddAsync(
            AddBans, ct, [.. bans.Select(static b => b.Scope)], [.. bans.Select(static b => b.MatchType)],
            [.. bans.Select(static b => b.Rule)]);
        return new(rows.Count, copied, Expired: 0, Unusable: rows.Count - active.Count);
    }

    /// <summary>Passwords come along where their hashes are of the kind that is used here.</summary>
    public async Task<ImportCount?> ImportPrivateAsync(SourceTable table, CancellationToken ct)
    {
        var rows = await ReadAsync(
            table, ct, ("email", ["email", "address", "inbox"]), ("password_hash", ["password_hash", "password"]));
        if (!table.Used.ContainsKey("email"))
        {
            return null;
        }

        var addresses = new PrivateAddresses(target);
        var known = (await addresses.ListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var (copied, unusable) = (0, 0);
        foreach (var row in rows)
        {
            if (!ImportedMail.TryParse(row[0], out var mailbox))
            {
                unusable++;
            }
            else if (known.Add($"{mailbox}"))
            {
                var hash = row[1].StartsWith("$pbkdf2-sha256$", StringComparison.Ordinal) ? row[1] : null;
                await addresses.AddAsync($"{mailbox}", hash, ct);
                copied++;
            }
        }

        return new(rows.Count, copied, Expired: 0, unusable);
    }

    private async Task<List<string[]>> ReadAsync(
        SourceTable table, CancellationToken ct, params (string Target, string[] Names)[] columns)
    {
        var list = string.Join(", ", columns.Select(c => table.Text(c.Target, c.Names)));
        await using var command = source.CreateCommand($"select {list} from {table.Name} t");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add([.. Enumerable.Range(0, columns.Length).Select(reader.GetString)]);
        }

        return rows;
    }

    private async Task<int> AddAsync(string sql, CancellationToken ct, params string[][] values)
    {
        await using var command = target.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = value });
        }

        return await command.ExecuteNonQueryAsync(ct);
    }
}
