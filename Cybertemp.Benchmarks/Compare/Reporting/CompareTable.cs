using System.Globalization;
using System.Text;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Compare.Reporting;

/// <summary>The results in Markdown.</summary>
internal sealed class CompareTable(
    CompareOptions options, IReadOnlyList<CompareResult> results, IReadOnlyDictionary<string, string> failures)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Clear();
        _text.Append(Culture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, ")
            .Append(Culture, $"{Environment.ProcessorCount} processors, {options.Turns.Rounds} rounds of ")
            .Append(Culture, $"{options.Turns.Round.TotalSeconds:0} s each in turn, ")
            .Append(Culture, $"{options.Sessions} sessions, mails of {options.Bytes:N0} bytes to 100,000 inboxes, ")
            .Append("half of them new; medians, in brackets the least and the most.\n");
        AppendLoad();
        foreach (var mode in results.GroupBy(static r => r.Mode))
        {
            AppendMode(mode.Key, [.. mode]);
        }

        AppendGoals();
        foreach (var (name, reason) in failures)
        {
            _text.Append(Culture, $"\nNot measured: {name}: {reason}\n");
        }

        return _text.ToString();
    }

    /// <summary>A machine that does other things too has taken turns with them.</summary>
    private void AppendLoad()
    {
        var loads = results.SelectMany(static r => r.Rounds).Select(static r => r.Load).Order().ToList();
        if (loads is [var least, .., var most])
        {
            _text.Append(Culture, $"Load average of the machine: {least:F0} to {most:F0}.\n");
        }
    }

    private void AppendMode(LoadMode mode, List<CompareResult> rows)
    {
        var ours = rows.Find(static r => r.Contender.Key == Contenders.Ours);
        var name = mode is LoadMode.Pipe ? "pipe" : "lock";
        _text.Append(Culture, $"\n| {name} | 250 means | messages/s | Cybertemp is | p50 / p99 ms ")
            .Append("| µs a message: server + PostgreSQL + client |\n")
            .Append("| --- | --- | --- | --- | --- | --- |\n");
        foreach (var row in rows)
        {
            var ratio = ours is null || ours == row ? "" : Format($"{ours.RatioTo(row):F2} x");
            var rowsMissing = row.HasAllRows ? "" : ", **rows are missing**";
            _text.Append(Culture, $"| {row.Contender.Name} | {row.Contender.Promise}{rowsMissing} ")
                .Append(Culture, $"| {row.PerSecond:N0} ({row.Least:N0} to {row.Most:N0}) | {ratio} ")
                .Append(Culture, $"| {row.P50:F1} / {row.P99:F1} | {row.ServerMicroseconds:F0} + ")
                .Append(row.Contender.Table is null ? "0" : Format($"{row.DatabaseMicroseconds:F0}"))
                .Append(Culture, $" + {row.ClientMicroseconds:F0} |\n");
        }

        var stored = rows.Where(static r => r.Contender.Table is not null).ToList();
        _text.Append(Culture, $"\nOf {stored.Sum(static r => r.Messages):N0} messages that were answered 250 ")
            .Append("and ought to be stored ")
            .Append(stored.TrueForAll(static r => r.HasAllRows) ? "all are rows.\n" : "**some are no rows**.\n");
    }

    private void AppendGoals()
    {
        _text.Append("\n| Cybertemp is, committed | reached | wanted | dreamt of |\n| --- | --- | --- | --- |\n");
        foreach (var goal in CompareGoal.All)
        {
            var one = Find(goal.One, goal.Mode);
            var other = Find(goal.Other, goal.Mode);
            var reached = one is null || other is null ? "not measured" : Format($"{goal.Ratio(one, other):F2} x");
            _text.Append(Culture, $"| {goal.Text} | {reached} | {goal.Wanted} x | {goal.Dreamt} x |\n");
        }
    }

    private CompareResult? Find(string key, LoadMode mode) =>
        results.FirstOrDefault(r => r.Contender.Key == key && r.Mode == mode && r.Rounds.Count > 0);

    private static string Format(FormattableString text) => text.ToString(Culture);
}
