using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Documentation;

/// <summary>
/// docs/telemetry.md lists what the code measures, logs and traces. After a change:
/// <c>CYBERTEMP_WRITE_DOCS=1 dotnet test Cybertemp.Tests --filter TelemetryPage</c> writes the tables anew and names
/// the rows whose last column has to be written by hand.
/// </summary>
public sealed partial class TelemetryPageTests
{
    private static readonly string[] Products =
        ["Cybertemp.Mail", "Cybertemp.SmtpReceiver", "Cybertemp.Sync", "Cybertemp.ServiceDefaults", "Cybertemp.Web"];

    [Fact]
    public void Lists_every_instrument_log_event_and_span_as_the_code_has_it()
    {
        var path = Path.Combine(Repository.Root, "docs", "telemetry.md");
        var current = File.ReadAllText(path);
        var page = new TelemetryPage(current);
        var expected = current;
        foreach (var (section, table) in (IEnumerable<(string, string)>)
            [("instruments", TelemetryPage.Instruments()), ("attributes", page.Attributes()),
                ("events", page.LogEvents()), ("spans", page.Spans())])
        {
            expected = Replace(expected, section, table);
        }

        if (Environment.GetEnvironmentVariable("CYBERTEMP_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Empty(page.Unexplained);
        Assert.Equal(expected, File.ReadAllText(path));
    }

    /// <summary>The lists that the page is made from are made by calling the classes: none may be forgotten.</summary>
    [Fact]
    public void No_instrument_or_span_in_the_source_is_missing_from_the_lists()
    {
        var source = string.Join('\n', Products
            .SelectMany(static p => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, p), "*.cs", SearchOption.AllDirectories))
            .Where(static f => !f.Contains("/obj/", StringComparison.Ordinal))
            .Where(static f => !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var instruments = Instrument().Matches(source).Select(static m => m.Groups["name"].Value);
        var spans = Span().Matches(source).Select(static m => m.Groups["name"].Value);

        Assert.Equal(
            instruments.Order(StringComparer.Ordinal),
            Instruments.All.Select(static i => i.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            spans.Order(StringComparer.Ordinal), Spans.All.Select(static s => s.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_follow_the_conventions()
    {
        Assert.All(Instruments.All, static i => Assert.Matches(@"^cybertemp(\.[a-z][a-z_]*)+$", i.Name));
        Assert.All(Instruments.All, static i => Assert.True(
            i.Unit.Length > 0 && i.Instrument.Description?.Length > 0, i.Name));
        Assert.All(Instruments.All.SelectMany(static i => i.Attributes.Keys), static a => Assert.Matches(
            @"^(cybertemp(\.[a-z][a-z_]*)+|error\.type|network\.type)$", a));
        Assert.All(LogEvents.All.GroupBy(static e => (e.Owner, e.Id.Id)), static g => Assert.Single(g));
    }

    [Fact]
    public void Names_what_the_runtime_and_the_drivers_send_as_well() =>
        Assert.All(
            (string[])[
                "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Npgsql", "StackExchange.Redis"],
            static name => Assert.Contains(
                $"`{name}`", File.ReadAllText(Path.Combine(Repository.Root, "docs", "telemetry.md")),
                StringComparison.Ordinal));

    private static string Replace(string page, string section, string table)
    {
        var begin = $"<!-- {section}: written by TelemetryPageTests -->\n";
        var (start, end) = (page.IndexOf(begin, StringComparison.Ordinal) + begin.Length, page.IndexOf(
            $"<!-- /{section} -->", StringComparison.Ordinal));
        return page[..start] + table + page[end..];
    }

    [GeneratedRegex(
        @"\.Create(Counter|Histogram|UpDownCounter|Observable\w+)(<\w+>)?\(\s*""(?<name>[^""]+)""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instrument();

    [GeneratedRegex(
        @"\.(StartActivity|CreateActivity)\(\s*""(?<name>[^""]+)""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Span();
}
