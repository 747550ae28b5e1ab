using System.Buffers;

namespace Cybertemp.Mail.Mime.Contents;

/// <summary>Octets that are there until they are given back.</summary>
internal readonly ref struct LentOctets : IDisposable
{
    private readonly byte[]? _buffer;

    public LentOctets(ReadOnlySpan<byte> octets) => Octets = octets;

    private LentOctets(byte[] buffer, int length)
    {
        _buffer = buffer;
        Octets = buffer.AsSpan(0, length);
    }

    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>At most <paramref name="maxOctets"/> of what <paramref name="decode"/> makes of others.</summary>
    public static LentOctets Decoded(
        ReadOnlySpan<byte> raw, int maxOctets, Func<ReadOnlySpan<byte>, Span<byte>, int> decode)
    {
        var length = Math.Min(raw.Length, maxOctets);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        return new LentOctets(buffer, decode(raw, buffer.AsSpan(0, length)));
    }

    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
