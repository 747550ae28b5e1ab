using Attribute = System.Collections.Generic.KeyValuePair<string, string>;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>Reads KeyValue fields into a list of at most <see cref="OtlpLimits.MaxAttributes"/>.</summary>
internal static class OtlpAttributes
{
    /// <summary>Adds the current field of <paramref name="reader"/>, which is a KeyValue.</summary>
    public static void Add(List<Attribute> attributes, ref ProtoReader reader)
    {
        var bytes = reader.ReadBytes();
        if (attributes.Count >= OtlpLimits.MaxAttributes)
        {
            return;
        }

        var attribute = Read(bytes, out var malformed);
        reader.Include(malformed);
        attributes.Add(attribute);
    }

    /// <summary>All KeyValues with the given field number in a message.</summary>
    public static List<Attribute> ReadAll(ReadOnlySpan<byte> message, int field, out bool malformed)
    {
        var attributes = new List<Attribute>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                Add(attributes, ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        malformed = reader.Malformed;
        return attributes;
    }

    private static Attribute Read(ReadOnlySpan<byte> keyValue, out bool malformed)
    {
        var reader = new ProtoReader(keyValue);
        var (key, value) = ("", "");
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = OtlpText.Decode(reader.ReadBytes());
                    break;
                case 2:
                    value = OtlpText.Value(reader.ReadBytes(), out var bad);
                    reader.Include(bad);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        malformed = reader.Malformed;
        return new(key, value);
    }
}
