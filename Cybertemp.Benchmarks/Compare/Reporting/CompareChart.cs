using System.Globalization;
using System.Text;
using Cybertemp.Benchmarks.Compare.Rounds;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Compare.Reporting;

/// <summary>The rates as bars, those of both modes under each other.</summary>
internal static class CompareChart
{
    private const int Left = 300;
    private const int Width = 520;
    private const int BarHeight = 12;
    private const int RowHeight = 38;
    private const int Top = 34;
    private const string Pipe = "#1a63b8";
    private const string Lock = "#7a94b0";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Draw(IReadOnlyList<CompareResult> results)
    {
        // What stores nothing is several times as fast: beside it the others would be hard to tell apart.
        var rows = results.Where(static r => r.Contender.Table is not null && r.Rounds.Count > 0)
            .GroupBy(static r => r.Contender).ToList();
        var most = rows.Count == 0 ? 1 : rows.Max(static row => row.Max(static r => r.PerSecond));
        var height = Top + (rows.Count * RowHeight) + 8;
        var text = new StringBuilder()
            .Append(Culture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 {height}\" ")
            .Append("font-family=\"system-ui, sans-serif\" font-size=\"13\" role=\"img\">\n")
            .Append("<title>Messages a second that are stored</title>\n")
            .Append(Culture, $"<rect width=\"900\" height=\"{height}\" fill=\"#ffffff\"/>\n")
            .Append(Culture, $"<text x=\"{Left}\" y=\"20\" fill=\"#333\">messages a second that are stored: ")
            .Append(Culture, $"<tspan fill=\"{Pipe}\">pipelined</tspan>, ")
            .Append(Culture, $"<tspan fill=\"{Lock}\">one command at a time</tspan></text>\n");
        foreach (var (index, row) in rows.Index())
        {
            AppendRow(text, Top + (index * RowHeight), [.. row], most);
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void AppendRow(StringBuilder text, int top, List<CompareResult> row, double most)
    {
        var name = row[0].Contender.Name.Replace("**", "", StringComparison.Ordinal).Replace('`', ' ').Trim();
        text.Append(Culture, $"<text x=\"{Left - 10}\" y=\"{top + 17}\" text-anchor=\"end\" fill=\"#333\">")
            .Append(Culture, $"{name}</text>\n");
        foreach (var result in row)
        {
            var isPipe = result.Mode is LoadMode.Pipe;
            var y = top + (isPipe ? 0 : BarHeight + 2);
            var width = Width * result.PerSecond / most;
            text.Append(Culture, $"<rect x=\"{Left}\" y=\"{y}\" width=\"{width:F1}\" height=\"{BarHeight}\" ")
                .Append(Culture, $"fill=\"{(isPipe ? Pipe : Lock)}\"/>\n")
                .Append(Culture, $"<text x=\"{Left + width + 6:F1}\" y=\"{y + BarHeight - 1}\" font-size=\"11\" ")
                .Append(Culture, $"fill=\"#333\">{result.PerSecond:N0}</text>\n");
        }
    }
}
