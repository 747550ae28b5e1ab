using System.Buffers;
using Cybertemp.Mail.Mime.Charsets;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>The octets of a header field's value as one line of text.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    /// <summary>
    /// Unfolded, encoded-words decoded; octets above 127 are UTF-8, else in the charset that the mail declares
    /// elsewhere.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> raw, DeclaredCharset? elsewhere) =>
        DecodeWords(Unfold(raw, elsewhere));

    /// <summary>The same string when there are no encoded-words.</summary>
    public static string DecodeWords(string text) =>
        text.Contains("=?", StringComparison.Ordinal) ? OnOneLine(EncodedWords.Decode(text)) : text;

    /// <summary>Line ends are taken out (RFC 5322 §2.2.3), blanks at both ends too; encoded-words stay.</summary>
    public static string Unfold(ReadOnlySpan<byte> raw, DeclaredCharset? elsewhere)
    {
        var text = OctetText.Decode(raw.Trim(" \t\r\n"u8), declared: null, elsewhere);
        return text.AsSpan().ContainsAny(LineEnds)
            ? text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
            : text;
    }

    private static string OnOneLine(string text) => text.AsSpan().ContainsAny(LineEnds)
        ? text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ')
        : text;
}
