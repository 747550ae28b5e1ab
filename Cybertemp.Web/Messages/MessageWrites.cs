using Cybertemp.Mail.Schema;
using Cybertemp.Web.Access;
using Cybertemp.Web.Database;

namespace Cybertemp.Web.Messages;

/// <summary>
/// Deletes and marks what a reader sees, and nothing else. What an operator has put on hold leaves the readers' sight
/// but not the store. Thread-safe.
/// </summary>
internal sealed class MessageWrites(MailDatabase database)
{
    private const int MessagesPerDelete = 500;

    private const string ById = "m.id = $1 and m.received_at >= $2 and m.received_at < $3";

    private const string KeepHeld = $"""
        insert into held_emails ({EmailColumns.All}) select {EmailColumns.All} from gone
        where exists (select from inbox_hold h where h.address = gone.inbox) on conflict do nothing
        """;

    /// <summary>False where this reader sees no such message.</summary>
    public Task<bool> MarkAsync(Reader reader, MessageId id, bool isRead, CancellationToken ct)
    {
        var value = isRead ? "true" : "false";
        return ChangeAsync(
            reader, id, (table, where) => $"update {table} m set read = {value} where {where} returning m.id", "", ct);
    }

    /// <summary>False where this reader sees no such message.</summary>
    public Task<bool> DeleteAsync(Reader reader, MessageId id, CancellationToken ct) => ChangeAsync(
        reader,
        id,
        static (table, where) => $"delete from {table} m where {where} returning {EmailColumns.All}",
        $", kept as ({KeepHeld})",
        ct);

    /// <summary>Deletes those of an operator's list; none of them has to be there.</summary>
    public Task DeleteManyAsync(IReadOnlyList<Guid> ids, CancellationToken ct) => ChangeManyAsync(
        ids,
        static (table, where) =>
            $"with gone as (delete from {table} m where {where} returning {EmailColumns.All}) {KeepHeld}",
        ct);

    /// <summary>Marks those of an operator's list; none of them has to be there.</summary>
    public Task MarkManyAsync(IReadOnlyList<Guid> ids, bool isRead, CancellationToken ct)
    {
        var value = isRead ? "true" : "false";
        return ChangeManyAsync(
            ids, (table, where) => $"update {table} m set read = {value} where {where} and m.read <> {value}", ct);
    }

    /// <summary>Deletes what is there when it begins, in small transactions.</summary>
    /// <param name="reader">Of an owner: of that inbox.</param>
    /// <param name="inbox">In normal form.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteAllAsync(Reader reader, string inbox, CancellationToken ct)
    {
        var total = 0;
        foreach (var (table, visible) in Tables(reader.Kind))
        {
            var statement = $"""
                with gone as (
                    delete from {table} where inbox = $1 and (id, received_at) in (
                        select m.id, m.received_at from {table} m
                        where m.inbox = $1{visible} order by m.received_at limit {MessagesPerDelete})
                    returning {EmailColumns.All}), kept as ({KeepHeld})
                select count(*)::int from gone
                """;
            int deleted;
            do
            {
                await using var command = database.Main.CreateCommand(statement);
                command.Parameters.Add(Parameters.Text(inbox));
                deleted = (int)(await command.ExecuteScalarAsync(ct))!;
                total += deleted;
            }
            while (deleted == MessagesPerDelete);
        }

        return total;
    }

    private async Task<bool> ChangeAsync(
        Reader reader, MessageId id, Func<string, string, string> change, string also, CancellationToken ct)
    {
        foreach (var (table, visible) in Tables(reader.Kind))
        {
            var isOfOne = reader.IsOfOneInbox;
            var where = $"{ById}{visible}{(isOfOne ? " and m.inbox = $4" : "")}";
            await using var command = database.Main.CreateCommand(
                $"with gone as ({change(table, where)}){also} select exists (select from gone)");
            command.Parameters.AddId(id);
            if (isOfOne)
            {
                command.Parameters.Add(Parameters.Text(reader.Address));
            }

            if (await command.ExecuteScalarAsync(ct) is true)
            {
                return true;
            }
        }

        return false;
    }

    private async Task ChangeManyAsync(
        IReadOnlyList<Guid> ids, Func<string, string, string> change, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return;
        }

        foreach (var (table, _) in Tables(ReaderKind.Operator))
        {
            await using var command = database.Main.CreateCommand(
                change(table, "m.id = any($1) and m.received_at >= $2 and m.received_at < $3"));
            command.Parameters.Add(Parameters.Ids([.. ids]));
            command.Parameters.Add(Parameters.Time(ids.Min(static id => MessageId.Of(id).From)));
            command.Parameters.Add(Parameters.Time(ids.Max(static id => MessageId.Of(id).To)));
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static (string Table, string Visible)[] Tables(ReaderKind kind) => kind switch
    {
        ReaderKind.Anyone or ReaderKind.Holder => [("emails", MessageSql.Visible(kind))],
        ReaderKind.Owner => [("private_emails", MessageSql.Visible(kind))],
        ReaderKind.Operator => [("emails", ""), ("private_emails", "")],
    };
}
