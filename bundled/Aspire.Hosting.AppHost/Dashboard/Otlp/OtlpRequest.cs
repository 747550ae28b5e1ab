using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>
/// The part that the three export requests share: resource, then scope, then records. An item of a request is decoded
/// whole before any store sees it, so that malformed bytes change nothing.
/// </summary>
internal static class OtlpRequest
{
    private const int Resource = 1;
    private const int Scopes = 2;

    /// <summary>Decodes one record with what its resource and scope say.</summary>
    /// <returns>False when the bytes are not protobuf.</returns>
    public delegate bool RecordReader(TelemetryResource resource, string scope, ReadOnlySpan<byte> record);

    /// <summary>Walks ExportXServiceRequest and hands each record to <paramref name="read"/>.</summary>
    /// <returns>False when anything in it is malformed.</returns>
    public static bool Read(ReadOnlySpan<byte> request, Func<TelemetryResource, TelemetryResource?> register, RecordReader read)
    {
        var reader = new ProtoReader(request);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                reader.Include(!ReadResource(reader.ReadBytes(), register, read));
            }
            else
            {
                reader.Skip();
            }
        }

        return !reader.Malformed;
    }

    private static bool ReadResource(
        ReadOnlySpan<byte> group, Func<TelemetryResource, TelemetryResource?> register, RecordReader read)
    {
        if (Describe(group) is not { } described)
        {
            return false;
        }

        // A sender beyond the limit of resources is not kept, yet its request is in order.
        if (register(described) is not { } resource)
        {
            return true;
        }

        var reader = new ProtoReader(group);
        while (reader.Next())
        {
            if (reader.Field == Scopes)
            {
                reader.Include(!ReadScope(reader.ReadBytes(), resource, read));
            }
            else
            {
                reader.Skip();
            }
        }

        return !reader.Malformed;
    }

    private static bool ReadScope(ReadOnlySpan<byte> group, TelemetryResource resource, RecordReader read)
    {
        var scope = ScopeName(group);
        var reader = new ProtoReader(group);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                reader.Include(!read(resource, scope, reader.ReadBytes()));
            }
            else
            {
                reader.Skip();
            }
        }

        return !reader.Malformed;
    }

    private static string ScopeName(ReadOnlySpan<byte> group)
    {
        var reader = new ProtoReader(Child(group, field: 1));
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                return OtlpText.Decode(reader.ReadBytes());
            }

            reader.Skip();
        }

        return "";
    }

    private static TelemetryResource? Describe(ReadOnlySpan<byte> group)
    {
        var attributes = OtlpAttributes.ReadAll(Child(group, Resource), field: 1, out var malformed);
        var service = attributes.LastOrDefault(static a => a.Key == "service.name").Value ?? "unknown";
        var instance = attributes.LastOrDefault(static a => a.Key == "service.instance.id").Value ?? "";
        return malformed ? null : new(service, instance);
    }

    private static ReadOnlySpan<byte> Child(ReadOnlySpan<byte> message, int field)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                return reader.ReadBytes();
            }

            reader.Skip();
        }

        return default;
    }
}
