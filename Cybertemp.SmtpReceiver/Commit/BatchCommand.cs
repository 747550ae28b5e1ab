using System.Net;
using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>Turns a batch into the statements and arrays of <see cref="BatchSql"/>.</summary>
internal static class BatchCommand
{
    public static NpgsqlBatch Create(NpgsqlConnection connection, MessageBatch batch, StorageOptions options)
    {
        var command = new NpgsqlBatch(connection) { Timeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds) };
        command.BatchCommands.Add(Begin(batch.LockKey, options));
        command.BatchCommands.Add(Insert(batch));
        if (batch.InDoubt)
        {
            command.BatchCommands.Add(new NpgsqlBatchCommand(BatchSql.WriteAhead));
        }

        return command;
    }

    public static NpgsqlBatch CreateQuarantine(
        NpgsqlConnection connection, PendingMessage message, StorageFailure failure, StorageOptions options)
    {
        var stored = message.Message;
        var command = new NpgsqlBatch(connection) { Timeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds) };
        command.BatchCommands.Add(Begin(MessageBatch.NewLockKey(), options));
        command.BatchCommands.Add(new NpgsqlBatchCommand(BatchSql.Quarantine)
        {
            Parameters =
            {
                Value(NpgsqlDbType.Uuid, stored.Uid),
                Value(NpgsqlDbType.TimestampTz, message.ReceivedAt),
                Value(NpgsqlDbType.Text, Storable(stored.Envelope.MailFrom)),
                Array(NpgsqlDbType.Text, message.Rows, r => Storable(r.Inbox)),
                Value(NpgsqlDbType.Inet, WithoutZone(stored.Envelope.ClientAddress)),
                Value(NpgsqlDbType.Text, Storable(stored.Envelope.Helo)),
                Value(NpgsqlDbType.Text, failure.SqlState),
                Value(NpgsqlDbType.Text, Storable(failure.Text)),
                Value(NpgsqlDbType.Bytea, stored.Raw),
            },
        });
        command.BatchCommands.Add(new NpgsqlBatchCommand(BatchSql.WriteAhead));
        return command;
    }

    private static NpgsqlBatchCommand Begin(int lockKey, StorageOptions options) => new(BatchSql.Begin)
    {
        Parameters =
        {
            Value(NpgsqlDbType.Text, Milliseconds(options.LockTimeout)),
            Value(NpgsqlDbType.Text, Milliseconds(options.CommandTimeout)),
            Value(NpgsqlDbType.Integer, lockKey),
        },
    };

    private static NpgsqlBatchCommand Insert(MessageBatch batch)
    {
        var messages = batch.Messages;
        var rows = messages.SelectMany((m, i) => m.Rows.Select(r => (Row: r, Ordinal: i + 1L))).ToList();
        return new(batch.InDoubt ? BatchSql.InsertMissing : BatchSql.Insert)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Uuid, rows, r => r.Row.Id),
                Array(NpgsqlDbType.Bigint, rows, r => r.Ordinal),
                Array(NpgsqlDbType.Text, rows, r => r.Row.Inbox),
                Array(NpgsqlDbType.Boolean, rows, r => r.Row.IsReserved),
                Array(NpgsqlDbType.Uuid, messages, m => m.Message.Uid),
                Array(NpgsqlDbType.TimestampTz, messages, m => m.ReceivedAt),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Envelope.MailFrom),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Content.FromName),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Content.FromAddress),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Content.Subject),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Content.MessageId),
                Array(NpgsqlDbType.TimestampTz, messages, m => m.Message.Content.Date?.ToUniversalTime()),
                Array(NpgsqlDbType.Integer, messages, m => m.Message.Raw.Length),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Content.ParseNote),
                Array(NpgsqlDbType.Inet, messages, m => WithoutZone(m.Message.Envelope.ClientAddress)),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Envelope.Helo),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Envelope.Tls),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Content.Text),
                Array(NpgsqlDbType.Text, messages, m => m.Message.Content.Html),
                Array(NpgsqlDbType.Bytea, messages, m => m.Message.Raw),
                Array(NpgsqlDbType.Jsonb, messages, m => m.Message.Content.Attachments),
                Array(NpgsqlDbType.Jsonb, messages, m => m.Message.Content.Headers),
            },
        };
    }

    private static NpgsqlParameter<T> Value<T>(NpgsqlDbType type, T value) =>
        new() { NpgsqlDbType = type, TypedValue = value };

    private static NpgsqlParameter<TValue[]> Array<TItem, TValue>(
        NpgsqlDbType type, IReadOnlyList<TItem> items, Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(items[i]);
        }

        return new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values };
    }

    private static string Milliseconds(TimeSpan duration) =>
        FormattableString.Invariant($"{Math.Max(1, (long)duration.TotalMilliseconds)}");

    // inet has no zone: fe80::1%eth0 is fe80::1 there.
    private static IPAddress WithoutZone(IPAddress address) =>
        address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, ScopeId: not 0 }
            ? new(address.GetAddressBytes())
            : address;

    /// <summary>What quarantine holds must be storable whatever the message holds.</summary>
    private static string Storable(string text) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
