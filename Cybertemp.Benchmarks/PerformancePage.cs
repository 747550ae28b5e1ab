using System.Globalization;
using Cybertemp.Benchmarks.Reporting;
using Cybertemp.Tests.Support;

namespace Cybertemp.Benchmarks;

/// <summary>
/// The tables of docs/performance.md that commands write, each between two lines with the command's name.
/// </summary>
internal static class PerformancePage
{
    /// <summary>Average of the machine: what else went on.</summary>
    public static double Load => double.Parse(
        File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "performance.md");

    /// <summary>When and where, as the first lines of a table.</summary>
    /// <param name="loads">Average of the machine during each round.</param>
    public static string Conditions(string how, IEnumerable<double> loads)
    {
        var sorted = loads.Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} processors, {how}\n"
                + $"Load average of the machine: {sorted[0]:F0} to {sorted[^1]:F0}.\n");
    }

    /// <summary>Replaces what the command wrote there last.</summary>
    /// <exception cref="InvalidOperationException">The page does not have the command's lines.</exception>
    public static Task WriteAsync(string command, string text) => PagePart.ReplaceAsync(Path, command, text);
}
