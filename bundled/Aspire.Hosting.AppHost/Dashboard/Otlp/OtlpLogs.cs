using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>Decodes opentelemetry.proto.logs.v1.LogRecord.</summary>
internal static class OtlpLogs
{
    private const int Attributes = 6;
    private const int MaxSeverity = 24;

    /// <summary>The record, or null when the bytes are none.</summary>
    public static LogEntry? Read(TelemetryResource resource, string scope, ReadOnlySpan<byte> record, StringPool names)
    {
        var reader = new ProtoReader(record);
        (long time, long observed, var severity, var message) = (0L, 0L, 0, "");
        (UInt128 traceId, ulong spanId) = ((UInt128)0, 0UL);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: time = OtlpSpans.Nanoseconds(reader.ReadFixed64()); break;
                case 2: severity = (int)Math.Min(reader.ReadVarint(), MaxSeverity); break;
                case 5: message = ReadBody(ref reader); break;
                case 9: traceId = OtlpText.TraceId(reader.ReadBytes()); break;
                case 10: spanId = OtlpText.SpanId(reader.ReadBytes()); break;
                case 11: observed = OtlpSpans.Nanoseconds(reader.ReadFixed64()); break;
                default: reader.Skip(); break;
            }
        }

        return reader.Malformed ? null : new(resource, names.Share(scope), OtlpSpans.Keep(record))
        {
            Time = time == 0 ? observed : time,
            Severity = severity,
            Message = message,
            TraceId = traceId,
            SpanId = spanId,
        };
    }

    /// <summary>The attributes of a record that was kept encoded.</summary>
    public static List<KeyValuePair<string, string>> ReadAttributes(ReadOnlySpan<byte> record) =>
        OtlpAttributes.ReadAll(record, Attributes, out _);

    private static string ReadBody(ref ProtoReader reader)
    {
        var body = OtlpText.Value(reader.ReadBytes(), out var malformed);
        reader.Include(malformed);
        return body;
    }
}
