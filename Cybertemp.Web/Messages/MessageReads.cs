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
    MailDatabase database, PreparedReads reads, AllMessages all, MessageDigests digests, MailExpiry expiry)
{
    /// <summary>The narrow columns of the messages that a query asks for.</summary>
    public async Task<MessageListing> ListAsync(MessageQuery query, CancellationToken ct)
    {
        if (query.Inbox.Length == 0)
        {
            return new MessageListing(await all.ListAsync(query, ct), HasForeignCursor: false);
        }

        return await reads.RunAsync(
            database.Read, () => MessageCommands.List(query), reader => ReadListAsync(query, reader, ct), ct);
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
        return await reads.RunAsync(source, () => [MessageCommands.WholeSummaries(kind, ids)], ReadAsync, ct);

        async Task<List<MessageSummary>> ReadAsync(NpgsqlDataReader reader)
        {
            var summaries = new List<MessageSummary>(ids.Length);
            while (await reader.ReadAsync(ct))
            {
                var row = MessageRow.Of(reader);
                summaries.Add(row.With(digests.Of(
                    row.Id, row.Subject, row.From, reader.GetString(10), reader.GetString(11))));
            }

            return summaries;
        }
    }

    /// <summary>All of one message but its octets; null where this reader sees none.</summary>
    public Task<MessageDetail?> FindAsync(Reader reader, MessageId id, CancellationToken ct) => FindAsync(
        MessageSql.DetailColumns(reader.Kind),
        reader,
        id,
        async row => await row.ReadAsync(ct) ? DetailOf(row) : null,
        ct);

    /// <summary>One text column; null where this reader sees no such message.</summary>
    public Task<string?> FindTextAsync(Reader reader, MessageId id, CancellationToken ct) => FindAsync(
        "m.text", reader, id, async row => await row.ReadAsync(ct) ? row.GetString(0) : null, ct);

    /// <summary>The attachments of a message; null where this reader sees no such message.</summary>
    public Task<IReadOnlyList<MessageAttachment>?> FindAttachmentsAsync(
        Reader reader, MessageId id, CancellationToken ct) => FindAsync(
        "m.attachments::text",
        reader,
        id,
        async row => await row.ReadAsync(ct) ? StoredJson.Attachments(row.GetString(0)) : null,
        ct);

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
    public Task<int?> FindLengthAsync(Reader reader, MessageId id, CancellationToken ct) => FindAsync(
        "octet_length(m.raw)", reader, id, async row => await row.ReadAsync(ct) ? row.GetInt32(0) : (int?)null, ct);

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

    /// <summary>For what is not repeated, or read for longer than a statement takes.</summary>
    private NpgsqlCommand OneCommand(string columns, Reader reader, MessageId id)
    {
        var command = database.Read.CreateCommand(MessageSql.One(columns, reader.Kind));
        MessageCommands.AddOne(command.Parameters, reader, id);
        return command;
    }

    private Task<T> FindAsync<T>(
        string columns, Reader reader, MessageId id, Func<NpgsqlDataReader, Task<T>> read, CancellationToken ct) =>
        reads.RunAsync(database.Read, () => [MessageCommands.One(columns, reader, id)], read, ct);

    private static async Task<MessageListing> ReadListAsync(
        MessageQuery query, NpgsqlDataReader reader, CancellationToken ct)
    {
        foreach (var _ in MessageCommands.Cursors(query))
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
