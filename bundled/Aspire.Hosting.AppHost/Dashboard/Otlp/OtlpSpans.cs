using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>Decodes opentelemetry.proto.trace.v1.Span.</summary>
internal static class OtlpSpans
{
    private const ulong StatusError = 2;

    /// <summary>The span, or null when the bytes are none.</summary>
    public static Span? Read(TelemetryResource resource, string scope, ReadOnlySpan<byte> record, StringPool names)
    {
        var reader = new ProtoReader(record);
        (UInt128 traceId, ulong spanId, ulong parentId, var name, var kind) = (0, 0UL, 0UL, "", 0);
        (long start, long end, var isError) = (0L, 0L, false);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: traceId = OtlpText.TraceId(reader.ReadBytes()); break;
                case 2: spanId = OtlpText.SpanId(reader.ReadBytes()); break;
                case 4: parentId = OtlpText.SpanId(reader.ReadBytes()); break;
                case 5: name = OtlpText.Decode(reader.ReadBytes()); break;
                case 6: kind = (int)(reader.ReadVarint() % 6); break;
                case 7: start = Nanoseconds(reader.ReadFixed64()); break;
                case 8: end = Nanoseconds(reader.ReadFixed64()); break;
                case 15: isError = IsError(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return reader.Malformed || traceId == 0 || spanId == 0 ? null : new(resource, names.Share(scope), Keep(record))
        {
            TraceId = traceId,
            SpanId = spanId,
            ParentId = parentId,
            Name = names.Share(name),
            Kind = kind,
            Start = start,
            End = Math.Max(start, end),
            IsError = isError,
        };
    }

    /// <summary>Attributes, events, links and status of a span that was kept encoded.</summary>
    public static SpanDetails ReadDetails(ReadOnlySpan<byte> record)
    {
        var details = new SpanDetails();
        var reader = new ProtoReader(record);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 9: OtlpAttributes.Add(details.Attributes, ref reader); break;
                case 11 when details.Events.Count < OtlpLimits.MaxEvents: details.Events.Add(ReadEvent(reader.ReadBytes())); break;
                case 13 when details.Links.Count < OtlpLimits.MaxEvents: details.Links.Add(ReadLink(reader.ReadBytes())); break;
                case 15: details.StatusMessage = ReadStatusMessage(reader.ReadBytes()); break;
                default: reader.Skip(); break;
            }
        }

        return details;
    }

    /// <summary>A time as signed nanoseconds; what lies beyond the year 2262 is no time.</summary>
    public static long Nanoseconds(ulong value) => value > long.MaxValue ? 0 : (long)value;

    // An oversized record keeps what lists show and loses what only its details show.
    public static byte[] Keep(ReadOnlySpan<byte> record) => record.Length > OtlpLimits.MaxRecordBytes ? [] : record.ToArray();

    private static bool IsError(ref ProtoReader span)
    {
        var reader = new ProtoReader(span.ReadBytes());
        var isError = false;
        while (reader.Next())
        {
            if (reader.Field == 3)
            {
                isError = reader.ReadVarint() == StatusError;
            }
            else
            {
                reader.Skip();
            }
        }

        span.Include(reader.Malformed);
        return isError;
    }

    private static string ReadStatusMessage(ReadOnlySpan<byte> status)
    {
        var reader = new ProtoReader(status);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                return OtlpText.Decode(reader.ReadBytes());
            }

            reader.Skip();
        }

        return "";
    }

    private static SpanEvent ReadEvent(ReadOnlySpan<byte> bytes)
    {
        var (time, name, attributes) = (0L, "", new List<KeyValuePair<string, string>>());
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: time = Nanoseconds(reader.ReadFixed64()); break;
                case 2: name = OtlpText.Decode(reader.ReadBytes()); break;
                case 3: OtlpAttributes.Add(attributes, ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new(time, name, attributes);
    }

    private static SpanLink ReadLink(ReadOnlySpan<byte> bytes)
    {
        (UInt128 traceId, ulong spanId, var attributes) = ((UInt128)0, 0UL, new List<KeyValuePair<string, string>>());
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: traceId = OtlpText.TraceId(reader.ReadBytes()); break;
                case 2: spanId = OtlpText.SpanId(reader.ReadBytes()); break;
                case 4: OtlpAttributes.Add(attributes, ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new(traceId, spanId, attributes);
    }
}
