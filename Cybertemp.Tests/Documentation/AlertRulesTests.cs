using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Documentation;

/// <summary>
/// deploy/prometheus/cybertemp.rules.yaml asks only for what the product measures, and docs/operations.md explains it.
/// </summary>
public sealed partial class AlertRulesTests
{
    private static readonly string[] Lines = File.ReadAllLines(
        Path.Combine(Repository.Root, "deploy", "prometheus", "cybertemp.rules.yaml"));

    [Fact]
    public void Every_metric_is_one_of_ours()
    {
        var series = Instruments.All.SelectMany(PrometheusNames.Series).ToHashSet(StringComparer.Ordinal);
        var labels = Instruments.All.SelectMany(static i => i.Attributes.Keys).Select(PrometheusNames.Label);
        var expressions = Values("expr: ").ToList();

        Assert.NotEmpty(expressions);
        Assert.All(expressions, e => Assert.Contains(Name().Matches(e), m => series.Contains(m.Value)));
        Assert.All(
            expressions.SelectMany(e => Name().Matches(e).Select(static m => m.Value)),
            name => Assert.True(series.Contains(name) || labels.Contains(name, StringComparer.Ordinal), name));
    }

    [Fact]
    public void Every_alert_is_in_the_runbook()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        Assert.All(
            Values("- alert: "), alert => Assert.Contains($"`{alert}`", page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Values(string key) => Lines.Select(static l => l.Trim())
        .Where(l => l.StartsWith(key, StringComparison.Ordinal)).Select(l => l[key.Length..]);

    [GeneratedRegex(@"\bcybertemp_\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
