namespace MimeKit;

public class TextPart : MimePart
{
    internal TextPart(EntityArguments args) : base(args) { }

    public bool IsPlain => ContentType.IsMimeType("text", "plain");

    public bool IsHtml => ContentType.IsMimeType("text", "html");

    public bool IsFlowed => IsPlain
        && "flowed".Equals(ContentType.Format?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Line ends are the platform's.</summary>
    public string Text
    {
        get
        {
            var encoded = EncodedContent.Span;
            if (ContentDecoder.For(ContentTransferEncoding) is not { } decoder)
            {
                return ToText(encoded);
            }

            var buffer = ArrayPool<byte>.Shared.Rent(encoded.Length + ContentDecoder.MaxCarriedOctets);
            var text = ToText(buffer.AsSpan(0, decoder.Decode(encoded, buffer)));
            ArrayPool<byte>.Shared.Return(buffer);
            return text;
        }
    }

    /// <summary>Itself, or null when it is of another format.</summary>
    internal TextPart? As(TextFormat format) => format switch
    {
        TextFormat.Plain when IsPlain => this,
        TextFormat.Flowed when IsFlowed => this,
        TextFormat.Html when IsHtml => this,
        _ => null,
    };

    private string ToText(ReadOnlySpan<byte> octets) =>
        LineEnds.ToPlatform(octets, ContentType.CharsetEncoding ?? CharsetDetector.Detect(octets, IsHtml));
}
