using MimeKit.Parsing;
using MimeKit.Utils;

namespace MimeKit;

public abstract class MimeEntity
{
    private readonly HeaderBlock _block;
    private readonly bool _isBody;

    private protected MimeEntity(EntityArguments args) => (_block, ContentType, _isBody) = args;

    public HeaderList Headers => new(_block, contentOnly: _isBody ? true : null);

    public ContentType ContentType { get; }

    /// <summary>Null when absent or nothing of it can be read.</summary>
    public ContentDisposition? ContentDisposition =>
        field ??= _block.TryGetValue("Content-Disposition"u8, out var value) ? ContentDisposition.ParseLeniently(value) : null;

    public string? ContentId =>
        _block.TryGetValue("Content-Id"u8, out var value) ? MessageIdParser.Parse(value) : null;

    public bool IsAttachment => ContentDisposition is { IsAttachment: true };

    internal MessageSource Source => _block.Source;

    internal bool TryGetHeader(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        _block.TryGetValue(name, out value);
}
