using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cybertemp.Mail;

/// <summary>
/// UUIDs of version 7 (RFC 9562 §5.7). Their random bits are the system's, asked for many at a time: a call for each is
/// dearer than all the rest. Thread-safe.
/// </summary>
internal static class TimeOrderedId
{
    private const int TimeBytes = 6;
    private const int RandomBytes = 10;
    private const int VersionOctet = 6;
    private const int VariantOctet = 8;
    private const int IdsPerPortion = 64;

    [ThreadStatic]
    private static byte[]? _portion;

    [ThreadStatic]
    private static int _left;

    /// <summary>Another one each time.</summary>
    /// <param name="time">Counted in milliseconds.</param>
    public static Guid Create(DateTimeOffset time)
    {
        Span<byte> octets = stackalloc byte[TimeBytes + RandomBytes];
        Write(time, octets);
        return new Guid(octets, bigEndian: true);
    }

    /// <summary>The same as its 16 octets.</summary>
    public static void Write(DateTimeOffset time, Span<byte> octets)
    {
        Span<byte> milliseconds = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, time.ToUnixTimeMilliseconds());
        milliseconds[^TimeBytes..].CopyTo(octets);
        TakeRandom().CopyTo(octets[TimeBytes..]);
        octets[VersionOctet] = (byte)(0x70 | (octets[VersionOctet] & 0x0F));
        octets[VariantOctet] = (byte)(0x80 | (octets[VariantOctet] & 0x3F));
    }

    /// <summary>Octets that nobody else gets.</summary>
    private static ReadOnlySpan<byte> TakeRandom()
    {
        var portion = _portion ??= new byte[RandomBytes * IdsPerPortion];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(portion);
            _left = IdsPerPortion;
        }

        return portion.AsSpan(--_left * RandomBytes, RandomBytes);
    }
}
