using Npgsql;

namespace Cybertemp.Cli.Importing;

/// <summary>
/// A table to import from, with its columns found by name; versions of the earlier server differ in them.
/// </summary>
/// <param name="Name">In the schema that the connection's search path finds first.</param>
/// <param name="Types">PostgreSQL's name of each column's type.</param>
internal sealed record SourceTable(string Name, IReadOnlyDictionary<string, string> Types)
{
    private const string Find = """
        select a.attname::text, format_type(a.atttypid, null)
        from pg_attribute a
        where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped
        order by a.attnum
        """;

    private readonly Dictionary<string, string> _used = new(StringComparer.Ordinal);

    /// <summary>Where each of our columns is taken from.</summary>
    public IReadOnlyDictionary<string, string> Used => _used;

    /// <summary>Columns that have no place here.</summary>
    public IEnumerable<string> Unused => Types.Keys.Except(_used.Values, StringComparer.Ordinal);

    /// <summary>Null when there is none of that name.</summary>
    public static async Task<SourceTable?> FindAsync(NpgsqlDataSource source, string name, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Find);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            types[reader.GetString(0)] = reader.GetString(1);
        }

        return types.Count == 0 ? null : new(name, types);
    }

    /// <summary>An expression for the first of the names that is there.</summary>
    public string Text(string target, params string[] names) =>
        Take(target, names) is { } column ? $"coalesce({column}::text, '')" : "''";

    /// <summary>Seconds or milliseconds since 1970 where it is a number, UTC where it has no zone.</summary>
    public string Time(string target, params string[] names) => Take(target, names) switch
    {
        null => "null::timestamptz",
        var column => Types[_used[target]] switch
        {
            "bigint" or "integer" or "numeric" or "double precision" =>
                $"to_timestamp(case when {column} > 100000000000 then {column} / 1000.0 else {column} end)",
            "timestamp without time zone" or "date" => $"({column}::timestamp at time zone 'UTC')",
            _ => $"nullif({column}::text, '')::timestamptz",
        },
    };

    public string Flag(string target, params string[] names) =>
        Take(target, names) is { } column ? $"coalesce({column}::text in ('t', 'true', '1'), false)" : "false";

    public string Octets(string target, params string[] names) => Take(target, names) switch
    {
        null => "''::bytea",
        var column when Types[_used[target]] == "bytea" => $"coalesce({column}, ''::bytea)",
        var column => $"convert_to(coalesce({column}::text, ''), 'UTF8')",
    };

    /// <summary>The row's own id where it is a uuid, else one that is the same each time.</summary>
    public string Id() => Take("id", ["id", "uuid", "uid"]) switch
    {
        null => $"md5('{Name}' || t::text)::uuid",
        var column when Types[_used["id"]] == "uuid" => column,
        var column => $"md5('{Name}:' || {column}::text)::uuid",
    };

    private string? Take(string target, string[] names)
    {
        if (names.FirstOrDefault(Types.ContainsKey) is not { } found)
        {
            return null;
        }

        _used[target] = found;
        return $"t.\"{found.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
