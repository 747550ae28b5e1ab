using System.Text.Json;
using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>A statement that PostgreSQL ran, with its plan, as auto_explain writes it.</summary>
/// <param name="Program">Whose, as it calls itself.</param>
/// <param name="Text">With single spaces.</param>
/// <param name="Plan">The topmost node.</param>
internal sealed partial record LoggedPlan(string Program, string Text, JsonElement Plan)
{
    /// <summary>What the server must be started with.</summary>
    public static string[] Settings { get; } =
    [
        "logging_collector=on", "log_destination=jsonlog", "session_preload_libraries=auto_explain",
        "auto_explain.log_min_duration=0", "auto_explain.log_format=json", "auto_explain.log_verbose=on",
    ];

    /// <summary>
    /// What programs ran in a database so far, each text once. To be called after all of it has completed.
    /// </summary>
    public static async Task<List<LoggedPlan>> ReadAsync(PostgresServer postgres, string database, string lastText)
    {
        var lines = new List<string>();
        await Eventually.TrueAsync(() =>
        {
            var files = Directory.GetFiles(Path.Combine(postgres.DataDirectory, "log"), "*.json");
            lines = [.. files.SelectMany(ReadLines)];
            return lines.Exists(l => l.Contains("Query Text", StringComparison.Ordinal)
                && l.Contains(lastText, StringComparison.Ordinal));
        });
        return
        [
            .. lines.Select(l => Of(l, database)).OfType<LoggedPlan>()
                .DistinctBy(static p => (p.Text, Shape(p.Plan))),
        ];
    }

    private static List<string> ReadLines(string file)
    {
        // The collector writes on: the last line may be a part of one.
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static LoggedPlan? Of(string line, string database)
    {
        var entry = JsonSerializer.Deserialize<JsonElement>(line);
        var message = Field(entry, "message");
        if (Field(entry, "dbname") != database || !message.Contains(" plan:\n{", StringComparison.Ordinal))
        {
            return null;
        }

        var explained = JsonSerializer.Deserialize<JsonElement>(
            message[message.IndexOf('{', StringComparison.Ordinal)..]);
        var text = Spaces().Replace(explained.GetProperty("Query Text").GetString()!, " ").Trim();
        return new(Field(entry, "application_name"), text, explained.GetProperty(nameof(Plan)));
    }

    private static string Field(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    /// <summary>Without what differs from run to run.</summary>
    private static string Shape(JsonElement plan) => Numbers().Replace(plan.GetRawText(), "");

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("'[^']*'|[0-9.]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Numbers();
}
