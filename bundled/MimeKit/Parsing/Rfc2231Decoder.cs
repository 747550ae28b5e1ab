namespace MimeKit.Parsing;

/// <summary>Values with charset and percent signs, whole or in sections (RFC 2231 §4); a character may span sections.</summary>
internal static class Rfc2231Decoder
{
    public static string Decode(IEnumerable<ParameterSection> sections)
    {
        var text = new StringBuilder();
        var run = new ArrayBufferWriter<byte>();
        Encoding? encoding = null;
        foreach (var section in sections)
        {
            ReadOnlySpan<byte> value = section.Value;
            if (section.IsEncoded)
            {
                value = section.IsQuoted ? Unwrap(value) : value;
                encoding ??= TakeCharset(ref value);
                Unescape(value, run);
                continue;
            }

            text.Append(encoding?.GetString(run.WrittenSpan));
            run.ResetWrittenCount();
            text.Append(section.IsQuoted ? HeaderText.Unquote(Scanner.Decode(value)) : Scanner.Decode(value));
        }

        return text.Append(encoding?.GetString(run.WrittenSpan)).ToString();
    }

    private static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> value) =>
        value.EndsWith("\""u8) ? value[1..^1] : value[1..];

    /// <summary>ISO-8859-1 for an unknown charset; also, then with the whole value as text, without a charset.</summary>
    private static Encoding TakeCharset(ref ReadOnlySpan<byte> value)
    {
        var charsetEnd = value.IndexOf((byte)'\'');
        var languageLength = charsetEnd < 0 ? -1 : value[(charsetEnd + 1)..].IndexOf((byte)'\'');
        if (charsetEnd <= 0 || languageLength < 0)
        {
            return Encoding.Latin1;
        }

        var charset = Encoding.Latin1.GetString(value[..charsetEnd]);
        value = value[(charsetEnd + languageLength + 2)..];
        return Charset.Find(charset) ?? Encoding.Latin1;
    }

    private static void Unescape(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> run)
    {
        var octets = run.GetSpan(value.Length);
        var count = 0;
        for (var index = 0; index < value.Length; index++, count++)
        {
            if (value[index] == '%' && index + 2 < value.Length
                && byte.TryParse(value.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, null, out octets[count]))
            {
                index += 2;
            }
            else
            {
                octets[count] = value[index];
            }
        }

        run.Advance(count);
    }
}
