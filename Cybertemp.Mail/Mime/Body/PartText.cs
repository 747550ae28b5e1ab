using Cybertemp.Mail.Mime.Charsets;
using Cybertemp.Mail.Mime.Contents;
using MimeKit;
using MimeKit.Text;

namespace Cybertemp.Mail.Mime.Body;

/// <summary>
/// The text of a leaf, as sent but for the line ends, which are LF, and for format=flowed (RFC 3676), which is
/// unflowed.
/// </summary>
internal static class PartText
{
    /// <summary>A character of the text takes no more in UTF-8.</summary>
    private const int MaxOctetsPerUnit = 3;

    public static string Read(MimePart part, DeclaredCharset? elsewhere, MimeLimits limits)
    {
        using var content = PartContent.Lend(part, limits.MaxTextLength * MaxOctetsPerUnit);
        var octets = content.Octets;
        var type = part.ContentType;
        var charset = Charset.Find(type.Charset);
        charset ??= type.IsMimeType("text", "html") ? HtmlCharset.Find(octets) : null;
        var text = OctetText.DecodeLines(octets, charset, elsewhere);
        return IsFlowed(type) ? Unflow(type, text) : text;
    }

    private static bool IsFlowed(ContentType type) => type.IsMimeType("text", "plain")
        && type.Parameters.TryGetValue("format", out string? format)
        && format.Trim().Equals("flowed", StringComparison.OrdinalIgnoreCase);

    private static string Unflow(ContentType type, string text)
    {
        var deletesBlank = type.Parameters.TryGetValue("delsp", out string? value)
            && value.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase);
        return new FlowedToText { DeleteSpace = deletesBlank }.Convert(text)
            .Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
