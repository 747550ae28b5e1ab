using System.Globalization;
using System.Text;
using Npgsql;

namespace Cybertemp.Tests.Mail.Schema;

/// <summary>docs/schema.md's generated part: what the catalogue says of the tables and the view.</summary>
internal static class SchemaPage
{
    private const string Relations = """
        select c.relname::text, c.relkind in ('v') as is_view, obj_description(c.oid, 'pg_class')
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
        order by c.relname
        """;

    private const string Columns = """
        select a.attname::text, format_type(a.atttypid, a.atttypmod),
            case when a.attnotnull then 'not null' else '' end,
            coalesce(case when a.attidentity <> '' then 'identity' else pg_get_expr(d.adbin, d.adrelid) end, '')
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
        order by a.attnum
        """;

    private const string Details = """
        select 'index: ' || replace(pg_get_indexdef(indexrelid), ' ONLY', '') from pg_index
            where indrelid = $1::regclass
        union all select 'check: ' || pg_get_constraintdef(oid) from pg_constraint
            where conrelid = $1::regclass and contype = 'c'
        union all select 'trigger: ' || pg_get_triggerdef(oid) from pg_trigger
            where tgrelid = $1::regclass and not tgisinternal
        union all select 'partitioned by ' || pg_get_partkeydef($1::regclass)
            where pg_get_partkeydef($1::regclass) is not null
        order by 1
        """;

    public static async Task<string> ReadAsync(NpgsqlDataSource dataSource)
    {
        var page = new StringBuilder();
        foreach (var relation in await RowsAsync(dataSource, Relations))
        {
            page.Append(
                CultureInfo.InvariantCulture, $"\n### `{relation[0]}`{(relation[1] == "True" ? " (view)" : "")}\n\n"
                    + $"| column | type | null | default |\n| --- | --- | --- | --- |\n");
            foreach (var column in await RowsAsync(dataSource, Columns, relation[0]))
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{column[0]}` | {column[1]} | {column[2]} | {Code(column[3])} |\n");
            }

            foreach (var detail in await RowsAsync(dataSource, Details, relation[0]))
            {
                page.Append(CultureInfo.InvariantCulture, $"\n- {Code(detail[0])}");
            }

            page.Append('\n');
        }

        return page.ToString();
    }

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";

    private static async Task<List<string[]>> RowsAsync(NpgsqlDataSource dataSource, string sql, params string[] values)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString()!)]);
        }

        return rows;
    }
}
