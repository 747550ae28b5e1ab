using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>Decodes opentelemetry.proto.metrics.v1.Metric: gauges, sums and histograms of explicit bounds.</summary>
internal static class OtlpMeters
{
    private const int Gauge = 5;
    private const int Sum = 7;
    private const int Histogram = 9;

    /// <summary>Adds the points of one metric; false when the bytes are none.</summary>
    public static bool Read(
        TelemetryResource resource, string scope, ReadOnlySpan<byte> record, StringPool names, List<MeterReading> readings)
    {
        var (name, unit, description, kind) = ("", "", "", 0);
        ReadOnlySpan<byte> data = default;
        var reader = new ProtoReader(record);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = OtlpText.Decode(reader.ReadBytes()); break;
                case 2: description = OtlpText.Decode(reader.ReadBytes()); break;
                case 3: unit = OtlpText.Decode(reader.ReadBytes()); break;
                case Gauge or Sum or Histogram: kind = reader.Field; data = reader.ReadBytes(); break;
                default: reader.Skip(); break;
            }
        }

        if (reader.Malformed || name.Length == 0 || kind == 0)
        {
            return !reader.Malformed;
        }

        var isDelta = ReadTemporality(data, out var isMonotonic);
        var instrument = new Instrument(
            names.Share(scope), names.Share(name), names.Share(unit), names.Share(description), KindOf(kind, isMonotonic));
        return ReadPoints(data, new(resource, instrument, [], default, 0, isDelta), names, readings);
    }

    private static InstrumentKind KindOf(int field, bool isMonotonic) => field switch
    {
        Histogram => InstrumentKind.Histogram,
        Sum when isMonotonic => InstrumentKind.Counter,
        Sum => InstrumentKind.UpDownCounter,
        _ => InstrumentKind.Gauge,
    };

    private static bool ReadTemporality(ReadOnlySpan<byte> data, out bool isMonotonic)
    {
        (var isDelta, isMonotonic) = (false, false);
        var reader = new ProtoReader(data);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: isDelta = reader.ReadVarint() == 1; break;
                case 3: isMonotonic = reader.ReadVarint() != 0; break;
                default: reader.Skip(); break;
            }
        }

        return isDelta;
    }

    private static bool ReadPoints(ReadOnlySpan<byte> data, MeterReading template, StringPool names, List<MeterReading> readings)
    {
        var reader = new ProtoReader(data);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var point = template.Instrument.Kind == InstrumentKind.Histogram
                ? OtlpMeterPoints.ReadHistogram(reader.ReadBytes(), template, names)
                : OtlpMeterPoints.ReadNumber(reader.ReadBytes(), template, names);
            reader.Include(point is null);
            if (point is { Point.Time: > 0 })
            {
                readings.Add(point);
            }
        }

        return !reader.Malformed;
    }
}
