using System.Globalization;
using Cybertemp.Web.Access;
using Cybertemp.Web.Database;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Messages.Contents;
using Cybertemp.Web.Messages.Search;
using Npgsql;

namespace Cybertemp.Web.Messages;

/// <summary>
/// The one service that reads mail. Each call is one round trip, and one more where bodies are needed. Thread-safe.
/// </summary>
internal sealed class MessageReads(
    MailDatabase database, AllMessages all, MessageDigests digests, MailExpiry expiry)
{
    /// <summary>The narrow columns of the messages that a query asks for.</summary>
    public async Task<MessageListing> ListAsync(MessageQuery query, CancellationToken ct)
    {
        if (query.Inbox.Length == 0)
        {
            return new MessageListing(await all.ListAsync(query, ct), HasForeignCursor: false);
        }

        await using var batch = database.Read.CreateBatch();
        AddCursor(batch, query, query.After);
        AddCursor(batch, query, query.Before);
        batch.BatchCommands.Add(ListCommand(query));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (var cursor = 1; cursor < batch.BatchCommands.Count; cursor++)
        {
            if (await reader.ReadAsync(ct) && reader.GetString(0) != query.Inbox)
            {
                return MessageListing.Foreign;
            }

            await reader.NextResultAsync(ct);
        }

        var rows = new List<MessageRow>(query.Limit);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(MessageRow.Of(reader));
        }

        return new MessageListing(rows, HasForeignCursor: false);
    }

    /// <summary>The same with what their content says.</summary>
    public Task<List<MessageSummary>> CompleteAsync(
        ReaderKind kind, IReadOnlyList<MessageRow> rows, CancellationToken ct) =>
        digests.CompleteAsync(kind, rows, ct);

    /// <summary>Those of the messages that are there, in the order of their receipt, with one statement.</summary>
    public Task<List<MessageSummary>> FindManyAsync(ReaderKind kind, Guid[] ids, CancellationToken ct) =>
        FindManyAsync(database.Read, kind, ids, ct);

    /// <summary>
    /// The same where mail is committed: what is not found is gone, and not merely late at a replica.
    /// </summary>
    public Task<List<MessageSummary>> FindCommittedAsync(ReaderKind kind, Guid[] ids, CancellationToken ct) =>
        FindManyAsync(database.Main, kind, ids, ct);

    private async Task<List<MessageSummary>> FindManyAsync(
        NpgsqlDataSource source, ReaderKind kind, Guid[] ids, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            MessageSql.Many(MessageSql.WholeSummaryColumns, kind) + " order by m.received_at");
        command.Parameters.Add(Parameters.Ids(ids));
        command.Parameters.Add(Parameters.Time(ids.Min(static id => MessageId.Of(id).From)));
        command.Parameters.Add(Parameters.Time(ids.Max(static id => MessageId.Of(id).To)));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var summaries = new List<MessageSummary>(ids.Length);
        while (await reader.ReadAsync(ct))
        {
            var row = MessageRow.Of(reader);
            summaries.Add(row.With(digests.Of(
                row.Id, row.Subject, row.From, reader.GetString(10), reader.GetString(11))));
        }

        return summaries;
    }

    /// <summary>All of one message but its octets; null where this reader sees none.</summary>
    public async Task<MessageDetail?> FindAsync(Reader reader, MessageId id, CancellationToken ct)
    {
        await using var command = OneCommand(MessageSql.DetailColumns(reader.Kind), reader, id);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? DetailOf(row) : null;
    }

    /// <summary>One text column; null where this reader sees no such message.</summary>
    public async Task<string?> FindTextAsync(Reader reader, MessageId id, CancellationToken ct)
    {
        await using var command = OneCommand("m.text", reader, id);
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>The attachments of a message; null where this reader sees no such message.</summary>
    public async Task<IReadOnlyList<MessageAttachment>?> FindAttachmentsAsync(
        Reader reader, MessageId id, CancellationToken ct)
    {
        await using var command = OneCommand("m.attachments::text", reader, id);
        return await command.ExecuteScalarAsync(ct) is string json ? StoredJson.Attachments(json) : null;
    }

    /// <summary>
    /// The octets as received, opened for reading as they come; null where this reader sees no such message. To be
    /// disposed of.
    /// </summary>
    public async Task<StoredOctets?> OpenAsync(Reader reader, MessageId id, CancellationToken ct)
    {
        var command = OneCommand("octet_length(m.raw), m.raw", reader, id);
        var octets = await StoredOctets.OpenAsync(command, ct);
        if (octets is null)
        {
            await command.DisposeAsync();
        }

        return octets;
    }

    /// <summary>How many octets were received; null where this reader sees no such message.</summary>
    public async Task<int?> FindLengthAsync(Reader reader, MessageId id, CancellationToken ct)
    {
        await using var command = OneCommand("octet_length(m.raw)", reader, id);
        return (int?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Some of the octets, for readers who take their time; null once the message is gone.</summary>
    /// <param name="reader">Sees the message.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="offset">From 0.</param>
    /// <param name="length">At most so many.</param>
    /// <param name="ct">Ends the statement.</param>
    public async Task<byte[]?> FindSliceAsync(
        Reader reader, MessageId id, int offset, int length, CancellationToken ct)
    {
        var columns = string.Create(CultureInfo.InvariantCulture, $"substring(m.raw from {offset + 1} for {length})");
        await using var command = OneCommand(columns, reader, id);
        return (byte[]?)await command.ExecuteScalarAsync(ct);
    }

    private NpgsqlCommand OneCommand(string columns, Reader reader, MessageId id)
    {
        var command = database.Read.CreateCommand(MessageSql.One(columns, reader.Kind));
        command.Parameters.AddId(id);
        if (reader.IsOfOneInbox)
        {
            command.Parameters.Add(Parameters.Text(reader.Address));
        }

        return command;
    }

    private static void AddCursor(NpgsqlBatch batch, MessageQuery query, MessageId? cursor)
    {
        if (cursor is { } id)
        {
            var command = new NpgsqlBatchCommand(MessageSql.CursorInbox(query.Reader.Kind));
            command.Parameters.AddId(id);
            batch.BatchCommands.Add(command);
        }
    }

    private static NpgsqlBatchCommand ListCommand(MessageQuery query)
    {
        var command = new NpgsqlBatchCommand(MessageSql.List(query));
        command.Parameters.Add(Parameters.Text(query.Inbox));
        command.Parameters.Add(Parameters.Number(query.Limit));
        command.Parameters.Add(Parameters.Number(query.Offset));
        foreach (var cursor in (MessageId?[])[query.After, query.Before])
        {
            if (cursor is { } id)
            {
                command.Parameters.AddId(id);
            }
        }

        foreach (var filter in (string?[])[query.From, query.Subject])
        {
            if (filter is not null)
            {
                command.Parameters.Add(Parameters.Text(filter));
            }
        }

        return command;
    }

    private MessageDetail DetailOf(NpgsqlDataReader row)
    {
        var from = new MailSender(row.GetString(2), row.GetString(3));
        var (subject, text, html) = (row.GetString(5), row.GetString(6), row.GetString(7));
        var digest = digests.Of(row.GetGuid(0), subject, from, text, html);
        return new MessageDetail(
            row.GetGuid(0),
            row.GetGuid(1),
            from,
            row.GetString(4),
            subject,
            text,
            html,
            row.GetDateTime(8),
            row.IsDBNull(9) ? null : row.GetDateTime(9),
            row.GetString(10),
            row.GetString(11),
            row.GetInt32(12),
            StoredJson.Attachments(row.GetString(13)),
            StoredJson.Headers(row.GetString(14)),
            row.GetString(15),
            row.GetString(16),
            row.IsDBNull(17) ? null : row.GetString(17),
            row.GetString(18),
            Earlier(
                row.GetBoolean(20) ? null : expiry.Of(row.GetDateTime(8)),
                row.IsDBNull(21) ? null : row.GetDateTime(21)),
            row.GetBoolean(19),
            digest.Code,
            digest.Link);
    }

    private static DateTime? Earlier(DateTime? one, DateTime? other) => one < other ? one : other ?? one;
}
