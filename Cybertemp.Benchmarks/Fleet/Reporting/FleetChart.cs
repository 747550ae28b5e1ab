using System.Globalization;
using System.Text;

namespace Cybertemp.Benchmarks.Fleet.Reporting;

/// <summary>Measured beside modelled, and how much of one PostgreSQL each load takes.</summary>
internal static class FleetChart
{
    private const int Left = 200;
    private const int Width = 560;
    private const int BarHeight = 14;
    private const int ShareTop = 230;
    private const int ShareHeight = 82;

    // A thousandth of what one has to a hundred times that.
    private const double LeastShare = 1e-3;
    private const double Decades = 5;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Draw(IReadOnlyList<FleetRound> medians, FleetModel model, FleetCosts costs)
    {
        var height = ShareTop + 20 + (FleetStep.All.Count * ShareHeight);
        var text = new StringBuilder()
            .Append(Culture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 {height}\" ")
            .Append("font-family=\"system-ui, sans-serif\" font-size=\"13\" role=\"img\">\n")
            .Append("<title>What a message costs a fleet, and what of one PostgreSQL a load takes</title>\n")
            .Append(Culture, $"<rect width=\"900\" height=\"{height}\" fill=\"#ffffff\"/>\n")
            .Append(Culture, $"<text x=\"{Left}\" y=\"20\" fill=\"#333\">µs of a core a message: ")
            .Append("<tspan fill=\"#1a63b8\">receivers</tspan>, <tspan fill=\"#c2571a\">PostgreSQL</tspan>; ")
            .Append("pale: the model</text>\n");
        DrawCosts(text, [medians[0], .. medians.Skip(2)], model);
        text.Append(Culture, $"<text x=\"{Left}\" y=\"{ShareTop - 14}\" fill=\"#333\">of what one has ")
            .Append(Culture, $"({FleetStep.Cores:0} cores, {FleetStep.LogBytesPerSecond / 1e6:0} MB/s of log, ")
            .Append(Culture, $"{FleetStep.DiskBytes / 1e12:0} TB, one Redis), a decade a mark; red: all of it")
            .Append("</text>\n");
        var bottom = ShareTop + (FleetStep.All.Count * ShareHeight) - 10;
        for (var decade = 0; decade <= Decades; decade++)
        {
            var x = Left + (Width * decade / Decades);
            text.Append(Culture, $"<line x1=\"{x:F0}\" y1=\"{ShareTop - 6}\" x2=\"{x:F0}\" y2=\"{bottom}\" ")
                .Append(Culture, $"stroke=\"{(decade == 3 ? "#c00000" : "#d0d0d0")}\"/>\n");
        }

        foreach (var (index, step) in FleetStep.All.Index())
        {
            DrawShares(text, ShareTop + (index * ShareHeight), step, costs);
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void DrawCosts(StringBuilder text, List<FleetRound> rounds, FleetModel model)
    {
        var most = rounds.Max(r => Math.Max(
            r.ReceiverMicroseconds + r.DatabaseMicroseconds,
            model.ReceiverOf(r.Commits) + model.DatabaseOf(r.Commits)));
        foreach (var (index, round) in rounds.Index())
        {
            var top = 36 + (index * 48);
            text.Append(Culture, $"<text x=\"{Left - 10}\" y=\"{top + 20}\" text-anchor=\"end\" fill=\"#333\">")
                .Append(Culture, $"{round.Receivers} receiver{(round.Receivers == 1 ? "" : "s")}</text>\n");
            Stack(text, top, round.ReceiverMicroseconds, round.DatabaseMicroseconds, most, opacity: "1");
            Stack(
                text, top + BarHeight + 2, model.ReceiverOf(round.Commits), model.DatabaseOf(round.Commits), most,
                opacity: "0.45");
        }
    }

    private static void Stack(
        StringBuilder text, int top, double receiver, double database, double most, string opacity)
    {
        var (first, second) = (Width * receiver / most, Width * database / most);
        Bar(text, Left, top, first, "#1a63b8", opacity);
        Bar(text, Left + first, top, second, "#c2571a", opacity);
        text.Append(Culture, $"<text x=\"{Left + first + second + 6:F1}\" y=\"{top + 11}\" font-size=\"11\" ")
            .Append(Culture, $"fill=\"#333\">{receiver:F0} + {database:F0}</text>\n");
    }

    private static void DrawShares(StringBuilder text, int top, FleetStep step, FleetCosts costs)
    {
        text.Append(Culture, $"<text x=\"{Left - 10}\" y=\"{top + 11}\" text-anchor=\"end\" fill=\"#333\" ")
            .Append(Culture, $"font-weight=\"bold\">{step.Name}</text>\n");
        foreach (var (index, (limit, share)) in step.Shares(costs).Index())
        {
            var y = top + (index * (BarHeight + 2));
            var width = Width * Math.Clamp(Math.Log10(share / LeastShare) / Decades, 0.002, 1);
            Bar(text, Left, y, width, share > 1 ? "#c00000" : "#7a94b0", opacity: "1");
            text.Append(Culture, $"<text x=\"{Left + width + 6:F1}\" y=\"{y + 11}\" font-size=\"11\" fill=\"#333\">")
                .Append(Culture, $"{FleetTable.NameOf(limit)} {share * 100:0.##} %</text>\n");
        }
    }

    private static void Bar(StringBuilder text, double x, int y, double width, string fill, string opacity) =>
        text.Append(Culture, $"<rect x=\"{x:F1}\" y=\"{y}\" width=\"{width:F1}\" height=\"{BarHeight}\" ")
            .Append(Culture, $"fill=\"{fill}\" opacity=\"{opacity}\"/>\n");
}
