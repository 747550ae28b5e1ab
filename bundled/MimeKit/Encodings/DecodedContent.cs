using System.Buffers;

namespace MimeKit.Encodings;

/// <summary>The decoded octets of a part: a view when nothing had to be decoded, else a pooled buffer.</summary>
internal readonly ref struct DecodedContent : IDisposable
{
    private readonly byte[]? _rented;

    private DecodedContent(ReadOnlySpan<byte> octets, byte[]? rented)
    {
        Octets = octets;
        _rented = rented;
    }

    public ReadOnlySpan<byte> Octets { get; }

    public static DecodedContent Of(ReadOnlyMemory<byte> encoded, ContentEncoding encoding)
    {
        if (ContentDecoder.For(encoding) is not { } decoder)
        {
            return new DecodedContent(encoded.Span, rented: null);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(encoded.Length + ContentDecoder.MaxCarriedOctets);
        var length = decoder.Decode(encoded.Span, buffer);
        return new DecodedContent(buffer.AsSpan(0, length), buffer);
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
