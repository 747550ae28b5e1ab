using System.Text;
using MimeKit;

namespace Cybertemp.Mail.Mime.Charsets;

/// <summary>
/// The charset that a mail declares anywhere, for the octets in it that have none. Looked for when asked.
/// </summary>
internal sealed class DeclaredCharset(EntityTree tree)
{
    private Charset? _charset;
    private bool _isKnown;

    /// <summary>
    /// The first of a text part, else of an encoded-word in the header, or null. UTF-8 is none: octets that are UTF-8
    /// need no hint.
    /// </summary>
    public Charset? Value
    {
        get
        {
            if (!_isKnown)
            {
                _charset = OfTexts() ?? OfWords();
                _isKnown = true;
            }

            return _charset;
        }
    }

    private Charset? OfTexts() => tree.Leaves.OfType<TextPart>()
        .Select(text => Usable(text.ContentType.Charset)).FirstOrDefault(charset => charset is not null);

    private Charset? OfWords() => tree.Root.Headers
        .Select(InWords).FirstOrDefault(charset => charset is not null);

    private static Charset? InWords(Header header)
    {
        var value = header.RawValue.AsSpan();
        var start = value.IndexOf("=?"u8) + 2;
        var length = start < 2 ? -1 : value[start..].IndexOf((byte)'?');
        return length < 0 ? null : Usable(Encoding.Latin1.GetString(value.Slice(start, length)));
    }

    private static Charset? Usable(string? label) =>
        Charset.Find(label) is { IsStateful: false, IsUtf16: false } charset && charset != Charset.Utf8
            ? charset
            : null;
}
