using System.Text;
using MimeKit.Utils;

namespace MimeKit.Parsing;

/// <summary>Values with charset and percent signs, whole or in sections (RFC 2231 §4); a character may span sections.</summary>
internal static class Rfc2231Decoder
{
    public static string Decode(IEnumerable<ParameterSection> sections)
    {
        var text = new StringBuilder();
        Decoder? decoder = null;
        foreach (var section in sections)
        {
            ReadOnlySpan<byte> value = section.Value;
            if (section.IsEncoded)
            {
                value = section.IsQuoted ? Unwrap(value) : value;
                decoder ??= CreateDecoder(ref value);
                Append(text, decoder, Unescape(value), flush: false);
                continue;
            }

            Append(text, decoder, [], flush: true);
            text.Append(section.IsQuoted ? HeaderText.Unquote(Scanner.Decode(value)) : Scanner.Decode(value));
        }

        Append(text, decoder, [], flush: true);
        return text.ToString();
    }

    private static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> value) =>
        value.EndsWith("\""u8) ? value[1..^1] : value[1..];

    /// <summary>ISO-8859-1 for an unknown charset; also, then with the whole value as text, without a charset.</summary>
    private static Decoder CreateDecoder(ref ReadOnlySpan<byte> value)
    {
        var charsetEnd = value.IndexOf((byte)'\'');
        var languageLength = charsetEnd < 0 ? -1 : value[(charsetEnd + 1)..].IndexOf((byte)'\'');
        if (charsetEnd <= 0 || languageLength < 0)
        {
            return Encoding.Latin1.GetDecoder();
        }

        var charset = Encoding.Latin1.GetString(value[..charsetEnd]);
        value = value[(charsetEnd + languageLength + 2)..];
        return (Charset.Find(charset) ?? Encoding.Latin1).GetDecoder();
    }

    private static byte[] Unescape(ReadOnlySpan<byte> value)
    {
        var octets = new byte[value.Length];
        var count = 0;
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] == '%' && index + 2 < value.Length
                && byte.TryParse(value.Slice(index + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var octet))
            {
                octets[count++] = octet;
                index += 2;
            }
            else
            {
                octets[count++] = value[index];
            }
        }

        return octets[..count];
    }

    private static void Append(StringBuilder text, Decoder? decoder, ReadOnlySpan<byte> octets, bool flush)
    {
        if (decoder is null)
        {
            return;
        }

        var characters = new char[decoder.GetCharCount(octets, flush)];
        text.Append(characters, 0, decoder.GetChars(octets, characters, flush));
    }
}
