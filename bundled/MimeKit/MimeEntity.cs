namespace MimeKit;

public abstract class MimeEntity
{
    private readonly bool _isBody;

    private protected MimeEntity(EntityArguments args) => (Block, ContentType, _isBody) = args;

    public HeaderList Headers => new(Block, contentOnly: _isBody ? true : null);

    public ContentType ContentType { get; }

    /// <summary>Null when absent or nothing of it can be read.</summary>
    public ContentDisposition? ContentDisposition =>
        field ??= Block.TryGetValue("Content-Disposition"u8, out var value) ? ContentDisposition.ParseLeniently(value) : null;

    public string? ContentId =>
        Block.TryGetValue("Content-Id"u8, out var value) ? MimeUtils.ParseMessageId(value) : null;

    public bool IsAttachment => ContentDisposition is { IsAttachment: true };

    internal HeaderBlock Block { get; }
}
