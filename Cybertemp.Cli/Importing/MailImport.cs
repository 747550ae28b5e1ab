using Cybertemp.Mail.Inboxes;
using Cybertemp.Mail.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.Cli.Importing;

/// <summary>
/// Copies mail in batches, each one transaction. A row has the same id in each run, so that what is there already is
/// left alone: an import that was interrupted is run again.
/// </summary>
internal sealed class MailImport(
    NpgsqlDataSource source, NpgsqlDataSource target, EmailPartitions partitions, ReservedLocalParts reserved,
    DateTime oldest)
{
    private const int BatchRows = 200;

    private const string Note = "imported";

    // Nobody is told of it: it is not new.
    private const string NotNew = "select set_config('cybertemp.moving', 'on', true)";

    private static readonly string Rows = $"""
        with r as materialized (
            select r.*, r.is_private or (select true from private_email p where p.email = r.inbox) is not null as private
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) as r (id, inbox, received_at,
                mail_from, from_name, from_address, subject, text, html, message_id, date, raw, read, is_private)
        ), private_rows as (
            insert into private_emails ({EmailColumns.All})
            {Select("private")} on conflict do nothing returning 1
        ), inboxes as (
            insert into inbox (address, created_at, last_received_at)
            select inbox, min(received_at), max(received_at) from r where not private
            group by inbox order by inbox collate "C" on conflict do nothing
        ), rows as (
            insert into emails ({EmailColumns.All})
            {Select("not private")} on conflict do nothing returning 1
        )
        select (select count(*) from private_rows) + (select count(*) from rows)
        """;

    /// <summary>Copies a table.</summary>
    /// <returns>Null when it has no address or no time in any column.</returns>
    public async Task<ImportCount?> RunAsync(SourceTable table, bool isPrivate, CancellationToken ct)
    {
        var query = Query(table);
        if (!table.Used.ContainsKey("inbox") || !table.Used.ContainsKey("received_at"))
        {
            return null;
        }

        var count = new ImportCount(0, 0, 0, 0);
        var place = "(0,0)";
        while (true)
        {
            var batch = await ReadAsync(query, place, isPrivate, ct);
            if (batch.Count == 0)
            {
                return count;
            }

            place = batch[^1].Place;
            count += await StoreAsync(batch, ct);
        }
    }

    private static string Select(string which) => $"""
        select id, inbox, id, received_at, mail_from, from_name, from_address, subject, text, html, message_id, date, raw,
            length(raw), '[]'::jsonb, '[]'::jsonb, '{Note}', '0.0.0.0'::inet, '', null, read
        from r where {which}
        """;

    private static string Query(SourceTable table) => $"""
        select t.ctid::text as place, {table.Id()},
            {table.Text("inbox", "inbox", "to", "to_address", "recipient", "mailbox", "address", "email")},
            {table.Time("received_at", "received_at", "created_at", "date", "timestamp", "time")},
            {table.Text("mail_from", "mail_from", "envelope_from", "return_path")},
            {table.Text("from_name", "from_name", "sender_name")},
            {table.Text("from_address", "from_address", "from", "sender", "from_email")},
            {table.Text("subject", "subject")}, {table.Text("text", "text", "body_text", "text_body", "body", "content")},
            {table.Text("html", "html", "body_html", "html_body")}, {table.Text("message_id", "message_id")},
            {table.Time("date", "date", "sent_at")}, {table.Octets("raw", "raw", "raw_message", "source", "data")},
            {table.Flag("read", "read", "is_read", "seen")}
        from {table.Name} t where t.ctid > $1::tid order by t.ctid limit {BatchRows}
        """;

    private async Task<List<ImportedMail>> ReadAsync(string query, string place, bool isPrivate, CancellationToken ct)
    {
        await using var command = source.CreateCommand(query);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = place });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var mails = new List<ImportedMail>(BatchRows);
        while (await reader.ReadAsync(ct))
        {
            mails.Add(ImportedMail.Read(reader, isPrivate));
        }

        return mails;
    }

    private async Task<ImportCount> StoreAsync(List<ImportedMail> batch, CancellationToken ct)
    {
        var usable = batch.Where(static m => m.Inbox is not null && m.ReceivedAt is not null).ToList();
        foreach (var mail in usable)
        {
            mail.IsPrivate |= reserved.Contains(mail.Mailbox);
        }

        var kept = usable.Where(m => m.IsPrivate || m.ReceivedAt >= oldest).ToList();
        await partitions.AddDaysAsync(
            kept.Where(static m => !m.IsPrivate).Select(static m => DateOnly.FromDateTime(m.ReceivedAt!.Value))
                .Distinct(),
            ct);
        return new(batch.Count, await InsertAsync(kept, ct), usable.Count - kept.Count, batch.Count - usable.Count);
    }

    private async Task<int> InsertAsync(List<ImportedMail> mails, CancellationToken ct)
    {
        await using var command = target.CreateBatch();
        command.BatchCommands.Add(new NpgsqlBatchCommand(NotNew));
        command.BatchCommands.Add(new NpgsqlBatchCommand(Rows)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Uuid, mails, static m => m.Id),
                Array(NpgsqlDbType.Text, mails, static m => m.Inbox),
                Array(NpgsqlDbType.TimestampTz, mails, static m => m.ReceivedAt),
                Array(NpgsqlDbType.Text, mails, static m => m.MailFrom),
                Array(NpgsqlDbType.Text, mails, static m => m.FromName),
                Array(NpgsqlDbType.Text, mails, static m => m.FromAddress),
                Array(NpgsqlDbType.Text, mails, static m => m.Subject),
                Array(NpgsqlDbType.Text, mails, static m => m.Text),
                Array(NpgsqlDbType.Text, mails, static m => m.Html),
                Array(NpgsqlDbType.Text, mails, static m => m.MessageId),
                Array(NpgsqlDbType.TimestampTz, mails, static m => m.Date),
                Array(NpgsqlDbType.Bytea, mails, static m => m.Raw),
                Array(NpgsqlDbType.Boolean, mails, static m => m.IsRead),
                Array(NpgsqlDbType.Boolean, mails, static m => m.IsPrivate),
            },
        });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return (int)reader.GetInt64(0);
    }

    private static NpgsqlParameter<T[]> Array<T>(
        NpgsqlDbType type, List<ImportedMail> mails, Func<ImportedMail, T> value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. mails.Select(value)] };
}
