using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>Decodes NumberDataPoint and HistogramDataPoint.</summary>
internal static class OtlpMeterPoints
{
    /// <summary>The point with what its template says, or null when the bytes are none.</summary>
    public static MeterReading? ReadNumber(ReadOnlySpan<byte> bytes, MeterReading template, StringPool names)
    {
        (long start, long time, double value) = (0, 0, 0);
        var attributes = new List<KeyValuePair<string, string>>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: start = OtlpSpans.Nanoseconds(reader.ReadFixed64()); break;
                case 3: time = OtlpSpans.Nanoseconds(reader.ReadFixed64()); break;
                case 4: value = Finite(reader.ReadDouble()); break;
                case 6: value = (long)reader.ReadFixed64(); break;
                case 7: OtlpAttributes.Add(attributes, ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return reader.Malformed
            ? null
            : template with { Attributes = Share(attributes, names), Point = new(time, value), Start = start };
    }

    /// <summary>The point with what its template says, or null when the bytes are none.</summary>
    public static MeterReading? ReadHistogram(ReadOnlySpan<byte> bytes, MeterReading template, StringPool names)
    {
        (long start, long time, double count, double sum) = (0, 0, 0, 0);
        var (attributes, buckets, bounds) = (new List<KeyValuePair<string, string>>(), new List<ulong>(), new List<ulong>());
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: start = OtlpSpans.Nanoseconds(reader.ReadFixed64()); break;
                case 3: time = OtlpSpans.Nanoseconds(reader.ReadFixed64()); break;
                case 4: count = reader.ReadFixed64(); break;
                case 5: sum = Finite(reader.ReadDouble()); break;
                case 6: reader.ReadFixed64s(buckets, OtlpLimits.MaxBuckets); break;
                case 7: reader.ReadFixed64s(bounds, OtlpLimits.MaxBuckets - 1); break;
                case 9: OtlpAttributes.Add(attributes, ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return reader.Malformed ? null : template with
        {
            Attributes = Share(attributes, names),
            Point = new(time, count, Distribute(count, sum, buckets, bounds)),
            Start = start,
        };
    }

    private static Distribution Distribute(double count, double sum, List<ulong> buckets, List<ulong> bounds) =>
        buckets.Count == bounds.Count + 1
            ? new(count, sum, [.. bounds.Select(BitConverter.UInt64BitsToDouble)], [.. buckets.Select(static bucket => (double)bucket)])
            : new(count, sum, [], [count]);

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    private static List<KeyValuePair<string, string>> Share(List<KeyValuePair<string, string>> attributes, StringPool names) =>
        attributes.ConvertAll(a => KeyValuePair.Create(names.Share(a.Key), names.Share(a.Value)));
}
