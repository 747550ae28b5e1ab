using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>The addresses whose mail is private: kept for ever and not shown to the public. Thread-safe.</summary>
internal sealed class PrivateAddresses(NpgsqlDataSource dataSource)
{
    private const int MessagesPerMove = 100;

    private const string Columns = """
        id, message_uid, inbox, received_at, mail_from, from_name, from_address, subject, text, html, message_id, date, raw,
        size_bytes, attachments, headers, parse_note, client_ip, helo, tls, read
        """;

    private const string Move = $"""
        with moved as (
            delete from emails where (id, received_at) in (
                select id, received_at from emails where inbox = $1 order by received_at limit $2)
            returning {Columns}
        )
        insert into private_emails ({Columns}) select {Columns} from moved on conflict (id) do nothing
        """;

    /// <summary>
    /// Makes an address private. The lock waits for every batch that may have taken the address for a temporary one, so
    /// that from then on nothing can be added to what is moved. Can be run again after a failure.
    /// </summary>
    /// <param name="address">Normalised.</param>
    /// <param name="passwordHash">As <see cref="Operators.PasswordHash"/> makes them; null keeps what is there.</param>
    /// <param name="ct">May leave messages to be moved by the next run.</param>
    /// <returns>How many stored messages moved with it.</returns>
    public async Task<int> AddAsync(string address, string? passwordHash, CancellationToken ct)
    {
        await using (var batch = dataSource.CreateBatch())
        {
            batch.BatchCommands.Add(new("select set_config('lock_timeout', '30000', true), pg_advisory_xact_lock(1129923156, 3)"));
            batch.BatchCommands.Add(new(
                """
                insert into private_email (email, password_hash) values ($1, $2)
                on conflict (email) do update set password_hash = coalesce(excluded.password_hash, private_email.password_hash)
                """)
            {
                Parameters = { Text(address), Text(passwordHash) },
            });
            batch.BatchCommands.Add(new("delete from inbox where address = $1") { Parameters = { Text(address) } });
            await batch.ExecuteNonQueryAsync(ct);
        }

        var total = 0;
        int moved;
        do
        {
            await using var move = dataSource.CreateCommand(Move);
            move.Parameters.Add(Text(address));
            move.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MessagesPerMove });
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

    private static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };
}
