using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Cybertemp.Tests.Documentation;

/// <summary>Lets a class make its instruments and measure everything it can, and says what came of it.</summary>
internal static class InstrumentRecorder
{
    public static IReadOnlyList<PublishedInstrument> Record(string owner, Action<IMeterFactory> measureAll)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var published = new Dictionary<Instrument, PublishedInstrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                published.Add(instrument, new(owner, instrument));
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Add(published[instrument], tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(published[instrument], tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(published[instrument], tags));
        listener.Start();
        measureAll(meters);
        listener.RecordObservableInstruments();
        return [.. published.Values];
    }

    private static void Add(PublishedInstrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (!instrument.Attributes.TryGetValue(name, out var values))
            {
                instrument.Attributes.Add(name, values = new(StringComparer.Ordinal));
            }

            values.Add(value is bool flag ? flag ? "true" : "false" : FormattableString.Invariant($"{value}"));
        }
    }
}
