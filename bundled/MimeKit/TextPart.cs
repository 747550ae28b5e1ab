using System.Text;
using MimeKit.Encodings;
using MimeKit.Parsing;
using MimeKit.Text;
using MimeKit.Utils;

namespace MimeKit;

public class TextPart : MimePart
{
    internal TextPart(EntityArguments args)
        : base(args)
    {
    }

    public bool IsPlain => ContentType.IsMimeType("text", "plain");

    public bool IsHtml => ContentType.IsMimeType("text", "html");

    public bool IsFlowed => IsPlain
        && "flowed".Equals(ContentType.Format?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Line ends are the platform's.</summary>
    public string Text => GetText(out _);

    public string GetText(out Encoding encoding)
    {
        using var decoded = DecodedContent.Of(EncodedContent, ContentTransferEncoding);
        encoding = ContentType.CharsetEncoding ?? CharsetDetector.Detect(decoded.Octets, IsHtml);
        return LineEnds.ToPlatform(decoded.Octets, encoding);
    }

    internal bool IsFormat(TextFormat format) => format switch
    {
        TextFormat.Plain => IsPlain,
        TextFormat.Flowed => IsFlowed,
        TextFormat.Html => IsHtml,
        _ => false,
    };
}
