using System.Globalization;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Benchmarks.Reporting;
using Cybertemp.Tests.Support;

namespace Cybertemp.Benchmarks.Compare.Reporting;

/// <summary>What the comparison says: on the console as it goes, then on the page and in the picture.</summary>
internal sealed class CompareReport(CompareOptions options)
{
    private readonly List<CompareResult> _results = [];
    private readonly SortedDictionary<string, string> _failures = new(StringComparer.Ordinal);

    public void Add(IEnumerable<CompareResult> results) => _results.AddRange(results);

    public void Fail(Contender contender, Exception exception)
    {
        _failures[contender.Name] = exception.Message;
        Console.WriteLine($"{contender.Key,-12} not measured: {exception.Message}");
    }

    public static void Progress(Contender contender, LoadMode mode, int round, CompareRound result)
    {
        var number = round < 0 ? "warm" : RunningServer.Text(round + 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{mode,-5}{number,5} {contender.Key,-12}{result.PerSecond,9:N0}/s  p50 {result.P50,7:F2}  p99 "
                + $"{result.P99,7:F2} ms  us/message: server {result.ServerMicroseconds,5:F0}  PostgreSQL "
                + $"{result.DatabaseMicroseconds,5:F0}  client {result.ClientMicroseconds,4:F0}  rows "
                + $"{result.Rows:N0} of {result.Messages:N0}  load {result.Load:F1}"));
    }

    public async Task WriteAsync()
    {
        var text = new CompareTable(options, _results, _failures).ToString();
        Console.WriteLine();
        Console.WriteLine(text);
        if (options.Writes)
        {
            var docs = Path.Combine(Repository.Root, "docs");
            await PagePart.ReplaceAsync(Path.Combine(docs, "performance.md"), "compare", text);
            await File.WriteAllTextAsync(Path.Combine(docs, "images", "compare.svg"), CompareChart.Draw(_results));
        }
    }
}
