using System.Net;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Cybertemp.Mail.Inboxes;

/// <summary>All mail of one inbox, wherever it is stored. Thread-safe.</summary>
internal sealed class InboxMail(NpgsqlDataSource dataSource)
{
    private const int MessagesPerDelete = 500;

    // Only keys first: one message after the other keeps the memory at the largest of them.
    private const string Keys = """
        select id, received_at, 'emails' from emails where inbox = $1
        union all select id, received_at, 'private_emails' from private_emails where inbox = $1
        union all select id, received_at, 'held_emails' from held_emails where inbox = $1
        order by 2, 1
        """;

    /// <summary>Oldest first.</summary>
    public async IAsyncEnumerable<InboxMessage> ReadAsync(string address, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var (id, receivedAt, table) in await ReadKeysAsync(address, ct))
        {
            if (await ReadMessageAsync(address, id, receivedAt, table, ct) is { } message)
            {
                yield return message;
            }
        }
    }

    /// <summary>Deletes in small transactions; can be run again after a failure.</summary>
    /// <returns>How many messages were deleted.</returns>
    public async Task<int> PurgeAsync(string address, CancellationToken ct)
    {
        var total = 0;
        foreach (var table in (string[])["emails", "private_emails", "held_emails"])
        {
            int deleted;
            do
            {
                deleted = await ExecuteAsync(
                    $"""
                    delete from {table} where inbox = $1 and (id, received_at) in
                        (select id, received_at from {table} where inbox = $1 limit {MessagesPerDelete})
                    """,
                    address,
                    ct);
                total += deleted;
            }
            while (deleted > 0);
        }

        await ExecuteAsync("delete from inbox where address = $1", address, ct);
        return total + await PurgeQuarantineAsync(address, ct);
    }

    public async Task<bool> IsOnHoldAsync(string address, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select exists (select from inbox_hold where address = $1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address });
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>From now on its days are kept when they expire.</summary>
    public Task HoldAsync(string address, CancellationToken ct) =>
        ExecuteAsync("insert into inbox_hold (address) values ($1) on conflict do nothing", address, ct);

    /// <summary>Ends the hold; false when there was none.</summary>
    public async Task<bool> ReleaseAsync(string address, CancellationToken ct) =>
        await ExecuteAsync("delete from inbox_hold where address = $1", address, ct) > 0;

    /// <summary>What is for others too stays theirs.</summary>
    private async Task<int> PurgeQuarantineAsync(string address, CancellationToken ct)
    {
        var purged = await ExecuteAsync("update quarantine set inboxes = array_remove(inboxes, $1) where $1 = any "
            + "(inboxes) and cardinality(inboxes) > 1", address, ct);
        return purged + await ExecuteAsync("delete from quarantine where inboxes = array[$1]", address, ct);
    }

    private async Task<List<(Guid Id, DateTime ReceivedAt, string Table)>> ReadKeysAsync(
        string address, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(Keys);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var keys = new List<(Guid, DateTime, string)>();
        while (await reader.ReadAsync(ct))
        {
            keys.Add((reader.GetGuid(0), reader.GetDateTime(1), reader.GetString(2)));
        }

        return keys;
    }

    private async Task<InboxMessage?> ReadMessageAsync(
        string address, Guid id, DateTime receivedAt, string table, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            $"select message_uid, inbox, received_at, mail_from, helo, client_ip, raw from {table} where id = $1 and "
                + "received_at = $2 and inbox = $3");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = receivedAt });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetDateTime(2),
                reader.GetString(3),
                reader.GetString(4),
                await reader.GetFieldValueAsync<IPAddress>(5, ct),
                await reader.GetFieldValueAsync<byte[]>(6, ct))
            : null;
    }

    private async Task<int> ExecuteAsync(string sql, string address, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
