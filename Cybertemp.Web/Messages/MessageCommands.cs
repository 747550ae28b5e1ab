using Cybertemp.Web.Access;
using Cybertemp.Web.Database;
using Npgsql;

namespace Cybertemp.Web.Messages;

/// <summary>The statements of <see cref="MessageSql"/> with their parameters.</summary>
internal static class MessageCommands
{
    /// <summary>The id and the two ends of its millisecond, as three parameters.</summary>
    public static void AddId(this NpgsqlParameterCollection parameters, in MessageId id)
    {
        parameters.Add(Parameters.Id(id.Value));
        parameters.Add(Parameters.Time(id.From));
        parameters.Add(Parameters.Time(id.To));
    }

    /// <summary>Columns of one message.</summary>
    public static NpgsqlBatchCommand One(string columns, Reader reader, MessageId id)
    {
        var command = new NpgsqlBatchCommand(MessageSql.One(columns, reader.Kind));
        AddOne(command.Parameters, reader, id);
        return command;
    }

    /// <summary>The parameters of <see cref="MessageSql.One"/>.</summary>
    public static void AddOne(NpgsqlParameterCollection parameters, Reader reader, MessageId id)
    {
        parameters.AddId(id);
        if (reader.IsOfOneInbox)
        {
            parameters.Add(Parameters.Text(reader.Address));
        }
    }

    /// <summary>All that summaries are made of, in the order of receipt.</summary>
    public static NpgsqlBatchCommand WholeSummaries(ReaderKind kind, Guid[] ids) => Many(
        MessageSql.Many(MessageSql.WholeSummaryColumns, kind) + " order by m.received_at",
        ids,
        ids.Min(static id => MessageId.Of(id).From),
        ids.Max(static id => MessageId.Of(id).To));

    /// <summary>Columns of the messages of some rows.</summary>
    public static NpgsqlBatchCommand Many(string columns, ReaderKind kind, IReadOnlyList<MessageRow> rows) => Many(
        MessageSql.Many(columns, kind),
        [.. rows.Select(static r => r.Id)],
        rows.Min(static r => r.ReceivedAt),
        rows.Max(static r => r.ReceivedAt));

    /// <summary>The list of an inbox, and before it the inbox of each cursor.</summary>
    public static NpgsqlBatchCommand[] List(MessageQuery query)
    {
        var cursors = Cursors(query).ToList();
        var list = new NpgsqlBatchCommand(MessageSql.List(query));
        list.Parameters.Add(Parameters.Text(query.Inbox));
        list.Parameters.Add(Parameters.Number(query.Limit));
        list.Parameters.Add(Parameters.Number(query.Offset));
        cursors.ForEach(c => list.Parameters.AddId(c));
        foreach (var filter in (string?[])[query.From, query.Subject])
        {
            if (filter is not null)
            {
                list.Parameters.Add(Parameters.Text(filter));
            }
        }

        return [.. cursors.Select(c => CursorInbox(query.Reader.Kind, c)), list];
    }

    /// <summary>Those that a query has: its list comes after as many results.</summary>
    public static IEnumerable<MessageId> Cursors(MessageQuery query)
    {
        if (query.After is { } after)
        {
            yield return after;
        }

        if (query.Before is { } before)
        {
            yield return before;
        }
    }

    private static NpgsqlBatchCommand Many(string sql, Guid[] ids, DateTime least, DateTime greatest) => new(sql)
    {
        Parameters = { Parameters.Ids(ids), Parameters.Time(least), Parameters.Time(greatest) },
    };

    private static NpgsqlBatchCommand CursorInbox(ReaderKind kind, MessageId cursor)
    {
        var command = new NpgsqlBatchCommand(MessageSql.CursorInbox(kind));
        command.Parameters.AddId(cursor);
        return command;
    }
}
