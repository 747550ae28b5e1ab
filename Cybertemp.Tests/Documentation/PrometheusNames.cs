namespace Cybertemp.Tests.Documentation;

/// <summary>
/// The names that Prometheus and the OpenTelemetry collector give to OTLP metrics: underscores for what is not a letter
/// or digit, the unit in words unless the name has it, <c>_total</c> for counters.
/// </summary>
internal static class PrometheusNames
{
    /// <summary>Labels that every series has, and those of a histogram's buckets.</summary>
    public static readonly string[] Always = ["instance", "job"];

    public const string Bucket = "le";

    /// <summary>The series of an instrument: one, or the three of a histogram.</summary>
    public static IEnumerable<string> Series(PublishedInstrument instrument)
    {
        var name = Name(instrument);
        return instrument.IsHistogram ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
    }

    public static string Label(string attribute) => Escape(attribute);

    private static string Name(PublishedInstrument instrument)
    {
        List<string> words = [.. Escape(instrument.Name).Split('_', StringSplitOptions.RemoveEmptyEntries)];
        if (Unit(instrument) is { } unit && !words.Contains(unit, StringComparer.Ordinal))
        {
            words.Add(unit);
        }

        if (instrument.IsCounter)
        {
            words.Remove("total");
            words.Add("total");
        }

        return string.Join('_', words);
    }

    // Annotations in braces say what is counted and are no unit.
    private static string? Unit(PublishedInstrument instrument) => instrument.Unit switch
    {
        "" or ['{', ..] => null,
        "s" => "seconds",
        "By" => "bytes",
        "d" => "days",
        "1" => instrument.Kind == "gauge" ? "ratio" : null,
        var other => throw new NotSupportedException($"{instrument.Name} is in {other}"),
    };

    private static string Escape(string name) =>
        string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
