using System.Text;
using System.Text.Unicode;

namespace MimeKit.Utils;

/// <summary>The charset of a text that names none that is known: byte order mark, HTML's own word, UTF-8, ISO-8859-1.</summary>
internal static class CharsetDetector
{
    public static Encoding Detect(ReadOnlySpan<byte> octets, bool isHtml)
    {
        if (FromByteOrderMark(octets) is { } marked)
        {
            return marked;
        }

        if (isHtml && HtmlCharset.Find(octets) is { } declared)
        {
            return declared;
        }

        return Utf8.IsValid(octets) ? Encoding.UTF8 : Encoding.Latin1;
    }

    private static Encoding? FromByteOrderMark(ReadOnlySpan<byte> octets) => octets switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        _ => null,
    };
}
