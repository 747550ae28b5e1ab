using System.Diagnostics.Metrics;

namespace Cybertemp.Tests.Documentation;

/// <summary>An instrument as a listener meets it.</summary>
/// <param name="Owner">The class that measures.</param>
internal sealed record PublishedInstrument(string Owner, Instrument Instrument)
{
    public string Name => Instrument.Name;

    public string Meter => Instrument.Meter.Name;

    public string Unit => Instrument.Unit ?? "";

    public bool IsHistogram => Kind == "histogram";

    public bool IsCounter => Kind == "counter";

    public string Kind => Instrument.GetType().Name.Split('`')[0] switch
    {
        nameof(Counter<int>) => "counter",
        nameof(Histogram<int>) => "histogram",
        nameof(UpDownCounter<int>) or nameof(ObservableUpDownCounter<int>) => "up-down counter",
        nameof(ObservableGauge<int>) => "gauge",
        var other => throw new InvalidOperationException($"{Name} is a {other}"),
    };

    /// <summary>The values that each attribute was seen with.</summary>
    public SortedDictionary<string, SortedSet<string>> Attributes { get; } = new(StringComparer.Ordinal);
}
