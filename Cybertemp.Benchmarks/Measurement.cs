using System.Globalization;

namespace Cybertemp.Benchmarks;

/// <summary>How measured times are written.</summary>
internal static class Measurement
{
    /// <summary>The quantiles of single waits; sorts the list.</summary>
    public static void ReportLatencies(TextWriter output, string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: p50 {milliseconds[milliseconds.Count / 2]:F1} ms, p99 "
                + $"{milliseconds[milliseconds.Count * 99 / 100]:F1} ms, max {milliseconds[^1]:F1} ms, "
                + $"{milliseconds.Count} samples"));
    }
}
