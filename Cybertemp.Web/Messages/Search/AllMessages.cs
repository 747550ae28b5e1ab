using System.Globalization;
using Cybertemp.Web.Access;
using Cybertemp.Web.Database;
using Npgsql;

namespace Cybertemp.Web.Messages.Search;

/// <summary>
/// All mail, newest first by id, which is by receipt: each partition's primary key is in that order. Thread-safe.
/// </summary>
internal sealed class AllMessages(MailDatabase database)
{
    /// <summary>Counting stops there: a number that large is for nobody.</summary>
    public const int MaxCounted = 10_000;

    /// <summary>The narrow columns of those that an operator asks for.</summary>
    public async Task<List<MessageRow>> ListAsync(MessageQuery query, CancellationToken ct)
    {
        await using var command = database.Read.CreateCommand();
        command.CommandText = Sql(query, command.Parameters);
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<MessageRow>(query.Limit);
        while (await row.ReadAsync(ct))
        {
            rows.Add(MessageRow.Of(row));
        }

        return rows;
    }

    /// <summary>How many there are, and how many of those are unread: at most <see cref="MaxCounted"/>.</summary>
    public async Task<(int All, int Unread)> CountAsync(SearchQuery search, CancellationToken ct)
    {
        await using var command = database.Read.CreateCommand();
        var conditions = Conditions(new MessageQuery(Reader.Operator, "") { Search = search }, command.Parameters);
        command.CommandText = $"select count(*)::int, count(*) filter (where not n.read)::int from (select m.read from "
            + $"{MessageSql.Source(ReaderKind.Operator)}{conditions} limit "
            + $"{Next(command.Parameters, Parameters.Number(MaxCounted))}) n";
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt32(0), row.GetInt32(1));
    }

    private static string Sql(MessageQuery query, NpgsqlParameterCollection parameters) =>
        $"select {MessageSql.SummaryColumns} from {MessageSql.Source(ReaderKind.Operator)}"
            + Conditions(query, parameters)
            + $" order by m.id desc limit {Next(parameters, Parameters.Number(query.Limit))}"
            + $" offset {Next(parameters, Parameters.Number(query.Offset))}";

    private static string Conditions(MessageQuery query, NpgsqlParameterCollection parameters)
    {
        var conditions = new List<string>();
        AddCursors(query, conditions, parameters);
        AddTimes(query.Search, conditions, parameters);
        foreach (var term in query.Search.Terms)
        {
            var found = $"strpos(lower({Text(term.Field)}), lower({Next(parameters, Parameters.Text(term.Text))}))";
            conditions.Add(term.IsNegated ? $"{found} = 0" : $"{found} > 0");
        }

        if (query.Search.HasAttachment is { } has)
        {
            conditions.Add(has ? "m.attachments <> '[]'" : "m.attachments = '[]'");
        }

        if (query.Search.IsRead is { } isRead)
        {
            conditions.Add(isRead ? "m.read" : "not m.read");
        }

        AddSizes(query.Search, conditions, parameters);
        return conditions.Count == 0 ? "" : $" where {string.Join(" and ", conditions)}";
    }

    /// <summary>The time is in the id, and in the bounds of partitions.</summary>
    private static void AddCursors(
        MessageQuery query, List<string> conditions, NpgsqlParameterCollection parameters)
    {
        if (query.After is { } after)
        {
            conditions.Add($"m.id > {Next(parameters, Parameters.Id(after.Value))}");
            conditions.Add($"m.received_at >= {Next(parameters, Parameters.Time(after.From))}");
        }

        if (query.Before is { } before)
        {
            conditions.Add($"m.id < {Next(parameters, Parameters.Id(before.Value))}");
            conditions.Add($"m.received_at < {Next(parameters, Parameters.Time(before.To))}");
        }
    }

    private static void AddTimes(SearchQuery search, List<string> conditions, NpgsqlParameterCollection parameters)
    {
        if (search.After is { } after)
        {
            conditions.Add($"m.received_at >= {Next(parameters, Parameters.Time(after))}");
        }

        if (search.Before is { } before)
        {
            conditions.Add($"m.received_at < {Next(parameters, Parameters.Time(before))}");
        }
    }

    private static void AddSizes(SearchQuery search, List<string> conditions, NpgsqlParameterCollection parameters)
    {
        if (search.LargerThan is { } larger)
        {
            conditions.Add($"m.size_bytes > {Next(parameters, Parameters.Number(larger))}");
        }

        if (search.SmallerThan is { } smaller)
        {
            conditions.Add($"m.size_bytes < {Next(parameters, Parameters.Number(smaller))}");
        }
    }

    private static string Text(SearchField field) => field switch
    {
        SearchField.Any => "concat_ws(' ', m.from_name, m.from_address, m.inbox, m.subject)",
        SearchField.From => "concat_ws(' ', m.from_name, m.from_address, m.mail_from)",
        SearchField.To => "m.inbox",
        SearchField.Subject => "m.subject",
        SearchField.Text => "m.text",
        SearchField.MessageId => "m.message_id",
        SearchField.Everywhere => "concat_ws(' ', m.from_name, m.from_address, m.inbox, m.subject, m.text)",
    };

    private static string Next(NpgsqlParameterCollection parameters, NpgsqlParameter parameter)
    {
        parameters.Add(parameter);
        return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
    }
}
