namespace MimeKit.Parsing;

/// <summary>The header fields of one entity: a run in the message's list of fields.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HeaderBlock(MessageSource Source, int First, int Count)
{
    public HeaderField this[int index] => Source.Fields[First + index];

    public ReadOnlySpan<byte> Octets => Count == 0 ? [] : Source.Octets[this[0].Start..this[Count - 1].End];

    /// <summary>Content-Transfer-Encoding (RFC 2045 §6); whatever follows the first word is ignored.</summary>
    public ContentEncoding TransferEncoding => !TryGetValue("Content-Transfer-Encoding"u8, out var value)
        ? ContentEncoding.Default
        : Encoding.Latin1.GetString(value).TrimStart().Split(';', ' ', '\t', '\r', '\n')[0].ToLowerInvariant() switch
        {
            "7bit" => ContentEncoding.SevenBit,
            "8bit" => ContentEncoding.EightBit,
            "binary" => ContentEncoding.Binary,
            "base64" => ContentEncoding.Base64,
            "quoted-printable" => ContentEncoding.QuotedPrintable,
            "x-uuencode" or "uuencode" or "x-uue" => ContentEncoding.UUEncode,
            _ => ContentEncoding.Default,
        };

    public ReadOnlySpan<byte> Name(HeaderField field)
    {
        var name = Source.Octets[field.Start..field.Colon];
        var blank = field.IsInvalid ? -1 : name.IndexOfAny((byte)' ', (byte)'\t');
        return blank < 0 ? name : name[..blank];
    }

    public ReadOnlySpan<byte> Value(HeaderField field) => Source.Octets[field.ValueStart..field.End];

    public bool IsContent(HeaderField field)
    {
        var name = Name(field);
        return name.Length >= 8 && Ascii.EqualsIgnoreCase(name[..8], "Content-"u8);
    }

    /// <summary>The index of the first field with this name at or after <paramref name="from"/>, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> name, int from = 0)
    {
        for (var index = from; index < Count; index++)
        {
            if (Ascii.EqualsIgnoreCase(Name(this[index]), name))
            {
                return index;
            }
        }

        return -1;
    }

    public bool TryGetValue(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var index = IndexOf(name);
        value = index < 0 ? [] : Value(this[index]);
        return index >= 0;
    }
}
