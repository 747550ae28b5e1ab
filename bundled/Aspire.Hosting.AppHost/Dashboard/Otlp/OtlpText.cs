using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>Strings, ids and values of OTLP (opentelemetry.proto.common.v1) as text, bounded in length and depth.</summary>
internal static class OtlpText
{
    private const string TooDeep = "…";

    /// <summary>UTF-8 with replacement of what is not, cut at <see cref="OtlpLimits.MaxTextBytes"/>.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8) =>
        Encoding.UTF8.GetString(utf8.Length > OtlpLimits.MaxTextBytes ? utf8[..OtlpLimits.MaxTextBytes] : utf8);

    /// <summary>A trace id; 0, which no trace has, when the length is wrong.</summary>
    public static UInt128 TraceId(ReadOnlySpan<byte> bytes) => bytes.Length == 16 ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : 0;

    /// <summary>A span id; 0, which no span has, when the length is wrong.</summary>
    public static ulong SpanId(ReadOnlySpan<byte> bytes) => bytes.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;

    /// <summary>An AnyValue as a reader would write it: strings bare, arrays in brackets, maps in braces.</summary>
    public static string Value(ReadOnlySpan<byte> anyValue, out bool malformed) => Value(anyValue, 0, out malformed);

    private static string Value(ReadOnlySpan<byte> anyValue, int depth, out bool malformed)
    {
        var reader = new ProtoReader(anyValue);
        var text = "";
        while (reader.Next())
        {
            text = Scalar(ref reader) ?? Composite(ref reader, depth);
        }

        malformed = reader.Malformed;
        return text;
    }

    private static string? Scalar(ref ProtoReader reader) => reader.Field switch
    {
        1 => Decode(reader.ReadBytes()),
        2 => reader.ReadVarint() != 0 ? "true" : "false",
        3 => ((long)reader.ReadVarint()).ToString(CultureInfo.InvariantCulture),
        4 => reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Composite(ref ProtoReader reader, int depth)
    {
        if (reader.Field is not (5 or 6 or 7))
        {
            reader.Skip();
            return "";
        }

        var field = reader.Field;
        var bytes = reader.ReadBytes();
        if (field == 7)
        {
            return Convert.ToBase64String(bytes[..Math.Min(bytes.Length, OtlpLimits.MaxTextBytes)]);
        }

        if (depth >= OtlpLimits.MaxValueDepth)
        {
            return TooDeep;
        }

        var text = List(bytes, field == 6, depth + 1, out var malformed);
        reader.Include(malformed);
        return text;
    }

    private static string List(ReadOnlySpan<byte> list, bool isMap, int depth, out bool malformed)
    {
        var reader = new ProtoReader(list);
        var items = new List<string>();
        while (reader.Next())
        {
            if (reader.Field != 1 || items.Count >= OtlpLimits.MaxAttributes)
            {
                reader.Skip();
                continue;
            }

            items.Add(isMap ? Entry(reader.ReadBytes(), depth, out var bad) : Value(reader.ReadBytes(), depth, out bad));
            reader.Include(bad);
        }

        malformed = reader.Malformed;
        return isMap ? $"{{{string.Join(", ", items)}}}" : $"[{string.Join(", ", items)}]";
    }

    private static string Entry(ReadOnlySpan<byte> keyValue, int depth, out bool malformed)
    {
        var reader = new ProtoReader(keyValue);
        var (key, value) = ("", "");
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = Decode(reader.ReadBytes());
                    break;
                case 2:
                    value = Value(reader.ReadBytes(), depth, out var bad);
                    reader.Include(bad);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        malformed = reader.Malformed;
        return $"{key}={value}";
    }
}
