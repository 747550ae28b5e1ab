using System.Text.Json;
using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Documentation;

/// <summary>deploy/grafana/cybertemp.json asks only for what the product measures.</summary>
public sealed partial class GrafanaDashboardTests
{
    private static readonly Dictionary<string, PublishedInstrument> Series =
        Instruments.All.SelectMany(static i => PrometheusNames.Series(i).Select(s => (s, i)))
            .ToDictionary(static p => p.s, static p => p.i, StringComparer.Ordinal);

    private static readonly string File = System.IO.File.ReadAllText(
        Path.Combine(Repository.Root, "deploy", "grafana", "cybertemp.json"));

    [Fact]
    public void Every_metric_is_one_of_ours()
    {
        Assert.All(Expressions(), static expression =>
        {
            var metrics = Metrics(expression);
            Assert.NotEmpty(metrics);
            Assert.All(metrics, metric => Assert.True(
                Series.ContainsKey(metric), $"no instrument is called {metric} in Prometheus: {expression}"));
        });
    }

    [Fact]
    public void Every_label_is_an_attribute_of_its_metric_and_every_value_one_that_it_can_have()
    {
        foreach (var expression in Expressions())
        {
            foreach (var instrument in Metrics(expression).Select(static m => Series[m]))
            {
                var labels = instrument.Attributes.ToDictionary(
                    static a => PrometheusNames.Label(a.Key), static a => a.Value, StringComparer.Ordinal);
                Assert.Empty(Labels(expression).Except(
                    [.. labels.Keys, .. PrometheusNames.Always, .. instrument.IsHistogram
                        ? [PrometheusNames.Bucket]
                        : Array.Empty<string>()], StringComparer.Ordinal));
                foreach (Match match in EqualTo().Matches(expression))
                {
                    Assert.Contains(match.Groups["value"].Value, labels[match.Groups["label"].Value]);
                }
            }
        }
    }

    [Fact]
    public void A_legend_names_only_labels_that_its_series_keep()
    {
        foreach (var target in Objects(JsonDocument.Parse(File).RootElement).Where(
            static o => o.TryGetProperty("legendFormat", out _)))
        {
            var expression = target.GetProperty("expr").GetString()!;
            var named = Legend().Matches(target.GetProperty("legendFormat").GetString()!)
                .Select(static m => m.Groups["label"].Value);
            Assert.Empty(named.Except(By().Matches(expression).SelectMany(Names), StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_panel_takes_the_data_source_of_the_variable_and_has_a_place_of_its_own()
    {
        using var document = JsonDocument.Parse(File);
        var panels = document.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.All(panels.Where(static p => p.GetProperty("type").GetString() != "row"), static p =>
            Assert.Equal("${datasource}", p.GetProperty("datasource").GetProperty("uid").GetString()));
        Assert.Equal(panels.Count, panels.Select(static p => p.GetProperty("id").GetInt32()).Distinct().Count());
        var cells = panels.Select(static p => p.GetProperty("gridPos")).SelectMany(static g =>
            from x in Enumerable.Range(g.GetProperty("x").GetInt32(), g.GetProperty("w").GetInt32())
            from y in Enumerable.Range(g.GetProperty("y").GetInt32(), g.GetProperty("h").GetInt32())
            select (x, y)).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, static cell => Assert.InRange(cell.x, 0, 23));
    }

    /// <summary>What a dashboard of this product must answer.</summary>
    [Theory]
    [InlineData("cybertemp.storage.messages")]
    [InlineData("cybertemp.smtp.recipients")]
    [InlineData("cybertemp.smtp.limit.hits")]
    [InlineData("cybertemp.intake.duration")]
    [InlineData("cybertemp.storage.commit.duration")]
    [InlineData("cybertemp.storage.batch.size")]
    [InlineData("cybertemp.storage.queue.usage")]
    [InlineData("cybertemp.storage.queue.bytes")]
    [InlineData("cybertemp.smtp.session.usage")]
    [InlineData("cybertemp.filter.snapshot.version")]
    [InlineData("cybertemp.filter.snapshot.age")]
    [InlineData("cybertemp.storage.database.size")]
    [InlineData("cybertemp.heartbeat.pings")]
    [InlineData("cybertemp.sync.loads")]
    public void Shows(string instrument) =>
        Assert.Contains(
            instrument, Expressions().SelectMany(Metrics).Select(static m => Series[m].Name), StringComparer.Ordinal);

    [Theory]
    [InlineData("cybertemp.smtp.commands", "cybertemp_smtp_commands_total")]
    [InlineData("cybertemp.smtp.message.size", "cybertemp_smtp_message_size_bytes_bucket")]
    [InlineData("cybertemp.storage.queue.bytes", "cybertemp_storage_queue_bytes")]
    [InlineData("cybertemp.storage.batch.size", "cybertemp_storage_batch_size_count")]
    [InlineData("cybertemp.filter.snapshot.age", "cybertemp_filter_snapshot_age_seconds")]
    [InlineData("cybertemp.filter.snapshot.version", "cybertemp_filter_snapshot_version")]
    public void Names_in_Prometheus(string instrument, string series) => Assert.Equal(instrument, Series[series].Name);

    private static List<string> Expressions()
    {
        using var document = JsonDocument.Parse(File);
        return [.. Objects(document.RootElement).SelectMany(static o => o.EnumerateObject())
            .Where(static p => p.Name is "expr" or "definition").Select(static p => p.Value.GetString()!)];
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static p => Objects(p.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    private static List<string> Metrics(string expression) =>
        [.. Metric().Matches(By().Replace(Selector().Replace(expression, ""), ""))
            .Select(static m => m.Value).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Labels(string expression) => By().Matches(expression).SelectMany(Names)
        .Concat(Selector().Matches(expression).SelectMany(static s => Matcher().Matches(s.Value)).Select(
            static m => m.Groups["label"].Value));

    private static string[] Names(Match by) => by.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"\bcybertemp_\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<label>\w+)\s*(=~|!~|!=|=)\s*""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Matcher();

    [GeneratedRegex(
        @"(?<label>\w+)!?=""(?<value>[^""]+)""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EqualTo();

    [GeneratedRegex(@"\bby \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex By();

    [GeneratedRegex(@"\{\{(?<label>\w+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Legend();
}
