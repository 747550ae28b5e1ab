namespace MimeKit;

/// <summary>text/rfc822-headers (RFC 6522 §4).</summary>
public class TextRfc822Headers : MessagePart
{
    internal TextRfc822Headers(EntityArguments args) : base(args) { }
}
