using System.Text.RegularExpressions;

namespace MimeKit.Parsing;

/// <summary>Values with charset and percent signs, whole or in sections (RFC 2231 §4); a character may span sections.</summary>
internal static partial class Rfc2231Decoder
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
                run.Write(value);
                continue;
            }

            text.Append(encoding?.GetString(Unescape(run.WrittenSpan)));
            run.ResetWrittenCount();
            text.Append(section.IsQuoted ? HeaderText.Unquote(Scanner.Decode(value)) : Scanner.Decode(value));
        }

        return text.Append(encoding?.GetString(Unescape(run.WrittenSpan))).ToString();
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
        var encoding = (Encoding)(Charset.Find(charset) ?? Encoding.Latin1).Clone();
        encoding.DecoderFallback = new DecoderReplacementFallback("?");
        return encoding;
    }

    /// <summary>What is no escape stays, up to the octet that shows it; an escape that the end cuts is dropped.</summary>
    private static byte[] Unescape(ReadOnlySpan<byte> value) => Encoding.Latin1.GetBytes(Escapes().Replace(
        Encoding.Latin1.GetString(value),
        escape => escape.Groups["octet"] is { Success: true, Value: var digits }
            ? ((char)Convert.ToByte(digits, 16)).ToString()
            : escape.Groups["literal"].Value));

    [GeneratedRegex("%(?<octet>[0-9a-f]{2})|(?<literal>%[0-9a-f]?[^0-9a-f])|%[0-9a-f]?", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escapes();
}
