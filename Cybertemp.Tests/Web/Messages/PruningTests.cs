using System.Text.Json;
using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Npgsql;

namespace Cybertemp.Tests.Web.Messages;

/// <summary>A week has eight partitions and more: a message is looked for in the one that its id names.</summary>
public sealed class PruningTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task A_message_is_looked_for_in_one_partition()
    {
        var id = MessageId.Of(Guid.CreateVersion7());
        Assert.Equal(
            [$"emails_{id.From:yyyyMMdd}"],
            await PartitionsAsync(MessageSql.One(MessageSql.SummaryColumns, ReaderKind.Anyone), id));
    }

    [Fact]
    public async Task A_plan_that_is_kept_looks_in_one_partition_too()
    {
        var id = MessageId.Of(Guid.CreateVersion7());
        await using var connection = await web.Mail.DataSource.OpenConnectionAsync();
        await using var prepare = connection.CreateCommand();
        prepare.CommandText = "set plan_cache_mode = force_generic_plan; "
            + "prepare one (uuid, timestamptz, timestamptz) as "
            + MessageSql.One(MessageSql.SummaryColumns, ReaderKind.Anyone);
        await prepare.ExecuteNonQueryAsync();
        await using var explain = connection.CreateCommand();
        explain.CommandText = FormattableString.Invariant(
            $"explain (format json) execute one ('{id.Value}', '{id.From:O}', '{id.To:O}')");
        using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync())!);
        var scanned = new List<string>();
        Collect(plan.RootElement, scanned);
        Assert.Equal([$"emails_{id.From:yyyyMMdd}"], scanned);
    }

    [Fact]
    public async Task A_list_before_a_cursor_leaves_later_days_alone()
    {
        var id = MessageId.Of(Guid.CreateVersion7());
        var query = new MessageQuery(Reader.Anyone, "box@temp.example") { Before = id };
        Assert.Equal(
            [$"emails_{id.From:yyyyMMdd}"],
            (await PartitionsAsync(MessageSql.List(query), "box@temp.example", 25, 0, id))
                .Distinct(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_list_reads_no_more_rows_than_it_shows()
    {
        await web.Mail.ScalarAsync(
            """
            insert into emails (id, message_uid, inbox, received_at, mail_from, from_name, from_address, subject, text,
                html, message_id, raw, size_bytes, attachments, headers, parse_note, client_ip, helo)
            select gen_random_uuid(), gen_random_uuid(), 'full' || n % 2 || '@temp.example',
                now() - n * interval '1 ms', '', '', '', '', '', '', '', '', 0, '[]', '[]', '', '127.0.0.1', ''
            from generate_series(1, 4000) n
            """);
        await web.Mail.ScalarAsync("analyze emails");
        var query = new MessageQuery(Reader.Anyone, "full0@temp.example");
        using var plan = await ExplainAsync(
            "analyze, format json", MessageSql.List(query), "full0@temp.example", query.Limit, 0);
        Assert.Equal(query.Limit, MostRows(plan.RootElement));
    }

    private static double MostRows(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Array => node.EnumerateArray().Select(MostRows).DefaultIfEmpty().Max(),
        JsonValueKind.Object => node.EnumerateObject()
            .Select(static p => p.Name is "Actual Rows" ? p.Value.GetDouble() : MostRows(p.Value))
            .DefaultIfEmpty().Max(),
        _ => 0,
    };

    private async Task<List<string>> PartitionsAsync(string sql, params object[] values)
    {
        using var plan = await ExplainAsync("format json", sql, values);
        var scanned = new List<string>();
        Collect(plan.RootElement, scanned);
        return scanned;
    }

    private async Task<JsonDocument> ExplainAsync(string options, string sql, params object[] values)
    {
        await using var command = web.Mail.DataSource.CreateCommand($"explain ({options}) {sql}");
        foreach (var value in values)
        {
            if (value is MessageId id)
            {
                command.Parameters.AddId(id);
            }
            else
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }
        }

        return JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
    }

    private static void Collect(JsonElement node, List<string> scanned)
    {
        if (node.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Collect(item, scanned);
            }
        }
        else if (node.ValueKind is JsonValueKind.Object)
        {
            foreach (var property in node.EnumerateObject())
            {
                if (property.Name is "Relation Name"
                    && property.Value.GetString() is { } name && name.StartsWith("emails_", StringComparison.Ordinal))
                {
                    scanned.Add(name);
                }

                Collect(property.Value, scanned);
            }
        }
    }
}
