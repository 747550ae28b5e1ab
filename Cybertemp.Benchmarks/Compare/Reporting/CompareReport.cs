using Cybertemp.Benchmarks.Compare.Rounds;
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

    public async Task WriteAsync()
    {
        var text = new CompareTable(options, _results, _failures).ToString();
        Console.WriteLine();
        Console.WriteLine(text);
        if (options.Writes)
        {
            await PerformancePage.WriteAsync("compare", text);
            await File.WriteAllTextAsync(
                Path.Combine(Repository.Root, "docs", "images", "compare.svg"), CompareChart.Draw(_results));
        }
    }
}
