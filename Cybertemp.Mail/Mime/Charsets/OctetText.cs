using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Cybertemp.Mail.Mime.Charsets;

/// <summary>
/// What octets say: in the charset they are declared to have, unless they contradict it. A byte order mark decides, and
/// is not part of the text.
/// </summary>
internal static class OctetText
{
    /// <summary>Two characters of three octets or four of two are not there by chance.</summary>
    private const int CertainlyUtf8 = 4;

    private static readonly SearchValues<byte> EscapeOrAbove = SearchValues.Create(
        [0x1B, .. Enumerable.Range(128, 128).Select(octet => (byte)octet)]);

    /// <summary>The text of octets, whatever their label claims.</summary>
    /// <param name="octets">Of a text, or of what stands between two encoded-words.</param>
    /// <param name="declared">Null when nothing is declared, or nothing that is known.</param>
    /// <param name="elsewhere">Where else in the mail a charset is declared.</param>
    public static string Decode(ReadOnlySpan<byte> octets, Charset? declared, DeclaredCharset? elsewhere = null)
    {
        if (ByteOrderMark(octets, out var length) is { } marked
            && (marked == Charset.Utf8 || declared is null or { IsUtf16: true } || octets.Contains((byte)0)))
        {
            return marked.GetString(octets[length..]);
        }

        if (declared is { IsUtf16: true })
        {
            return Utf16Of(octets, declared).GetString(octets);
        }

        if (declared is not { IsStateful: true } && !octets.ContainsAny(EscapeOrAbove))
        {
            return Encoding.Latin1.GetString(octets);
        }

        return declared is null ? Guess(octets, elsewhere) : Decode(octets, declared);
    }

    /// <summary>The same with LF for every CRLF, which for most texts is one copy less.</summary>
    public static string DecodeLines(
        ReadOnlySpan<byte> octets, Charset? declared, DeclaredCharset? elsewhere = null) =>
        declared is { IsUtf16: true } or { IsStateful: true } || octets.ContainsAny(EscapeOrAbove)
            ? Decode(octets, declared, elsewhere).Replace("\r\n", "\n", StringComparison.Ordinal)
            : string.Create(octets.Length - octets.Count("\r\n"u8), octets, CopyLines);

    private static void CopyLines(Span<char> text, ReadOnlySpan<byte> octets)
    {
        while (octets.IndexOf("\r\n"u8) is var end and >= 0)
        {
            Encoding.Latin1.GetChars(octets[..end], text);
            text[end] = '\n';
            octets = octets[(end + 2)..];
            text = text[(end + 1)..];
        }

        Encoding.Latin1.GetChars(octets, text);
    }

    private static string Decode(ReadOnlySpan<byte> octets, Charset declared)
    {
        if (declared == Charset.Utf8 || !Utf8.IsValid(octets) || Ascii.IsValid(octets))
        {
            return declared.GetString(octets);
        }

        if (declared == Charset.Windows1252 || declared.IsStateful || IsCertainlyUtf8(octets))
        {
            return Encoding.UTF8.GetString(octets);
        }

        var text = declared.GetString(octets);
        return text.Contains('\uFFFD', StringComparison.Ordinal) ? Encoding.UTF8.GetString(octets) : text;
    }

    private static string Guess(ReadOnlySpan<byte> octets, DeclaredCharset? elsewhere)
    {
        if (Ascii.IsValid(octets))
        {
            return (octets.IndexOf("\u001b$"u8) >= 0 ? Charset.Iso2022Jp : Charset.Utf8).GetString(octets);
        }

        return (Utf8.IsValid(octets) ? Charset.Utf8 : elsewhere?.Value ?? Charset.Windows1252).GetString(octets);
    }

    private static Charset? ByteOrderMark(ReadOnlySpan<byte> octets, out int length)
    {
        (var charset, length) = octets switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Charset.Utf8, 3),
            [0xFF, 0xFE, ..] => (Charset.Utf16, 2),
            [0xFE, 0xFF, ..] => (Charset.Utf16BigEndian, 2),
            _ => ((Charset?)null, 0),
        };
        return charset;
    }

    /// <summary>Mail that says UTF-16 without a mark is often neither that nor of the order that is said.</summary>
    private static Charset Utf16Of(ReadOnlySpan<byte> octets, Charset declared)
    {
        var beginning = octets[..Math.Min(octets.Length, 256)];
        if (!beginning.Contains((byte)0) && Utf8.IsValid(octets))
        {
            return Charset.Utf8;
        }

        var (even, odd) = (0, 0);
        for (var index = 0; index < beginning.Length; index++)
        {
            even += beginning[index] == 0 && index % 2 == 0 ? 1 : 0;
            odd += beginning[index] == 0 && index % 2 == 1 ? 1 : 0;
        }

        return even == odd ? declared : even > odd ? Charset.Utf16BigEndian : Charset.Utf16;
    }

    private static bool IsCertainlyUtf8(ReadOnlySpan<byte> valid)
    {
        var weight = 0;
        foreach (var octet in valid)
        {
            weight += octet >= 0xE0 ? 2 : octet >= 0xC0 ? 1 : 0;
            if (weight >= CertainlyUtf8)
            {
                return true;
            }
        }

        return false;
    }
}
