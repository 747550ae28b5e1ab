using System.Buffers;
using System.Runtime.InteropServices;
using MimeKit.Encodings;

namespace MimeKit;

public class MimeContent : IMimeContent
{
    private const int ChunkOctets = 16 * 1024;

    private readonly ReadOnlyMemory<byte> _encoded;

    internal MimeContent(ReadOnlyMemory<byte> encoded, ContentEncoding encoding) => (_encoded, Encoding) = (encoded, encoding);

    public ContentEncoding Encoding { get; }

    public Stream Open()
    {
        if (ContentDecoder.For(Encoding) is null && MemoryMarshal.TryGetArray(_encoded, out var segment))
        {
            return new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
        }

        var decoded = new MemoryStream();
        DecodeTo(decoded, CancellationToken.None);
        decoded.Position = 0;
        return decoded;
    }

    public void DecodeTo(Stream stream, CancellationToken cancellationToken = default)
    {
        if (ContentDecoder.For(Encoding) is not { } decoder)
        {
            stream.Write(_encoded.Span);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(ChunkOctets + ContentDecoder.MaxCarriedOctets);
        try
        {
            for (var rest = _encoded.Span; !rest.IsEmpty; rest = rest[Math.Min(ChunkOctets, rest.Length)..])
            {
                cancellationToken.ThrowIfCancellationRequested();
                var length = decoder.Decode(rest[..Math.Min(ChunkOctets, rest.Length)], buffer);
                stream.Write(buffer, 0, length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
