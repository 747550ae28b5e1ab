using System.Globalization;
using System.Text;

namespace Cybertemp.Tests.Documentation;

/// <summary>
/// The tables of docs/telemetry.md. The last column of some is written by hand: it is taken over from the page as it
/// stands, by the row's first cell.
/// </summary>
internal sealed class TelemetryPage
{
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);

    public TelemetryPage(string page)
    {
        foreach (var row in page.Split('\n').Where(static line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var cells = row.Trim().Trim('|').Split(" | ");
            _written[cells[0].Trim()] = cells[^1].Trim();
        }
    }

    /// <summary>Rows whose last column has yet to be written.</summary>
    public List<string> Unexplained { get; } = [];

    public static string Instruments() => Table(
        ["instrument", "kind", "unit", "attributes", "meaning", "class"],
        Documentation.Instruments.All.Select(static i =>
            (string[])[$"`{i.Name}`", i.Kind, $"`{i.Unit}`", Names(i.Attributes.Keys), i.Instrument.Description
                ?? "", $"`{i.Owner}`"]));

    public string Attributes() => Table(
        ["attribute", "of", "values", "meaning"],
        Documentation.Instruments.All
            .SelectMany(static i => i.Attributes.Select(a => (Instrument: i.Name, a.Key, Values: a.Value)))
            .GroupBy(
                static a => a.Key == "error.type" ? $"`{a.Key}` of `{a.Instrument}`" : $"`{a.Key}`",
                StringComparer.Ordinal)
            .Select(same => (string[])
            [
                same.Key,
                Names(same.Select(static a => a.Instrument)),
                string.Join(", ", same.SelectMany(static a => a.Values).Distinct(StringComparer.Ordinal).Select(Value)),
                Explanation(same.Key),
            ]));

    public string LogEvents() => Table(
        ["event", "id", "level", "written by", "message", "what to do"],
        Documentation.LogEvents.All
            .OrderByDescending(static e => e.Level).ThenBy(static e => e.Owner, StringComparer.Ordinal).Select(e =>
            (string[])[
                $"`{e.Owner}.{e.Id.Name}`", $"{e.Id.Id}", $"{e.Level}", e.Services, Line(e.Template),
                Explanation($"`{e.Owner}.{e.Id.Name}`")]));

    public string Spans() => Table(
        ["span", "parent", "linked to", "tags", "events", "meaning"],
        Documentation.Spans.All.Select(s =>
            (string[])[
                $"`{s.Name}`", Names(s.Parents), Names(s.Links), Names(s.Tags), string.Join(", ", s.Events),
                Explanation($"`{s.Name}`")]));

    private static string Names(IEnumerable<string> names) =>
        string.Join(", ", names.Distinct(StringComparer.Ordinal).Select(static n => $"`{n}`"));

    private static string Value(string value) => value switch
    {
        _ when value.StartsWith('*') => value,
        "System.TimeoutException" => "*the exception's type*",
        _ => $"`{value}`",
    };

    private static string Line(string template) =>
        template.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static string Table(string[] header, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder("\n");
        foreach (var row in (string[][])[header, [.. header.Select(static _ => "---")], .. rows])
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }

        return text.Append('\n').ToString();
    }

    private string Explanation(string key)
    {
        var text = _written.GetValueOrDefault(key, "");
        if (text.Length == 0)
        {
            Unexplained.Add(key);
        }

        return text;
    }
}
