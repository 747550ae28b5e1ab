namespace MimeKit;

public class MimePart : MimeEntity
{
    private Range _content;

    internal MimePart(EntityArguments args) : base(args) { }

    public IMimeContent? Content => new MimeContent(EncodedContent, ContentTransferEncoding);

    public ContentEncoding ContentTransferEncoding => Block.TransferEncoding;

    /// <summary>As sent: not safe as a name in a file system.</summary>
    public string? FileName => (ContentDisposition?.FileName ?? ContentType.Name)?.Trim();

    internal ReadOnlyMemory<byte> EncodedContent => Block.Source.Content[_content];

    internal void SetContent(Range content) => _content = content;
}
