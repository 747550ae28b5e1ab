using System.Text;
using MimeKit.Parsing;

namespace MimeKit;

public class MimePart : MimeEntity
{
    private ContentRange _content;

    internal MimePart(EntityArguments args)
        : base(args)
    {
    }

    public IMimeContent? Content => new MimeContent(Source.Content[_content.Start.._content.End], ContentTransferEncoding);

    public ContentEncoding ContentTransferEncoding => TryGetHeader("Content-Transfer-Encoding"u8, out var value)
        ? TransferEncoding.Parse(Encoding.Latin1.GetString(value))
        : ContentEncoding.Default;

    /// <summary>As sent: not safe as a name in a file system.</summary>
    public string? FileName => (ContentDisposition?.FileName ?? ContentType.Name)?.Trim();

    internal ReadOnlyMemory<byte> EncodedContent => Source.Content[_content.Start.._content.End];

    internal void SetContent(ContentRange content) => _content = content;
}
