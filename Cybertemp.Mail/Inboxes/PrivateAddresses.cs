using Cybertemp.Mail.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.Mail.Inboxes;

/// <summary>The addresses whose mail is private: kept for ever and not shown to the public. Thread-safe.</summary>
internal sealed class PrivateAddresses(NpgsqlDataSource dataSource)
{
    private const int MessagesPerMove = 100;

    /// <summary>For the transaction: webhooks are not told of what only moves.</summary>
    private const string NotNew = "select set_config('cybertemp.moving', 'on', true)";

    private const string Move = $"""
        with moved as (
            delete from emails where inbox = $1 and (id, received_at) in (
                select id, received_at from emails where inbox = $1 order by received_at limit $2)
            returning {EmailColumns.All}
        )
        insert into private_emails ({EmailColumns.All}) select {EmailColumns.All} from moved on conflict do nothing
        """;

    /// <summary>
    /// Makes an address private. The lock waits for every batch that may have taken the address for a temporary one, so
    /// that from then on nothing can be added to what is moved. Can be run again after a failure.
    /// </summary>
    /// <param name="address">Normalised.</param>
    /// <param name="passwordHash">As <see cref="PasswordHash"/> makes them; null keeps what is there.</param>
    /// <param name="ct">May leave messages to be moved by the next run.</param>
    /// <returns>How many stored messages moved with it.</returns>
    public async Task<int> AddAsync(string address, string? passwordHash, CancellationToken ct)
    {
        await using (var batch = dataSource.CreateBatch())
        {
            batch.BatchCommands.Add(new("select set_config('lock_timeout', '30000', true), "
                + $"pg_advisory_xact_lock({AdvisoryLocks.PrivateAddresses})"));
            batch.BatchCommands.Add(new(
                """
                insert into private_email (email, password_hash) values ($1, $2)
                on conflict (email) do update
                    set password_hash = coalesce(excluded.password_hash, private_email.password_hash)
                """)
            {
                Parameters = { Text(address), Text(passwordHash) },
            });
            batch.BatchCommands.Add(new("delete from inbox where address = $1") { Parameters = { Text(address) } });
            batch.BatchCommands.Add(new("delete from inbox_lease where address = $1")
            {
                Parameters = { Text(address) },
            });
            await batch.ExecuteNonQueryAsync(ct);
        }

        var total = 0;
        int moved;
        do
        {
            await using var move = dataSource.CreateBatch();
            move.BatchCommands.Add(new(NotNew));
            move.BatchCommands.Add(new(Move)
            {
                Parameters = { Text(address), new NpgsqlParameter<int> { TypedValue = MessagesPerMove } },
            });
            moved = await move.ExecuteNonQueryAsync(ct);
            total += moved;
        }
        while (moved > 0);

        return total;
    }

    /// <summary>New mail is temporary again; what is private stays private.</summary>
    /// <returns>False when the address was not private.</returns>
    public async Task<bool> RemoveAsync(string address, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("delete from private_email where email = $1");
        command.Parameters.Add(Text(address));
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>Replaces the password.</summary>
    /// <param name="address">Normalised.</param>
    /// <param name="passwordHash">As <see cref="PasswordHash"/> makes them.</param>
    /// <param name="ct">Leaves it as it was, or done.</param>
    /// <returns>False when the address is not private.</returns>
    public async Task<bool> SetPasswordAsync(string address, string passwordHash, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "update private_email set password_hash = $2 where email = $1");
        command.Parameters.Add(Text(address));
        command.Parameters.Add(Text(passwordHash));
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>In alphabetical order.</summary>
    public async Task<List<string>> ListAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select email from private_email order by email");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var addresses = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            addresses.Add(reader.GetString(0));
        }

        return addresses;
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };
}
