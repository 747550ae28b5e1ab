namespace MimeKit;

/// <summary>A view of the received octets of a part.</summary>
internal sealed class MimeContent(ReadOnlyMemory<byte> encoded, ContentEncoding encoding) : IMimeContent
{
    private const int ChunkOctets = 16 * 1024;

    public Stream Open()
    {
        if (ContentDecoder.For(encoding) is null && MemoryMarshal.TryGetArray(encoded, out var segment))
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
        if (ContentDecoder.For(encoding) is not { } decoder)
        {
            stream.Write(encoded.Span);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(ChunkOctets + ContentDecoder.MaxCarriedOctets);
        try
        {
            for (var rest = encoded.Span; !rest.IsEmpty; rest = rest[Math.Min(ChunkOctets, rest.Length)..])
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
