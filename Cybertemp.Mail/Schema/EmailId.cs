namespace Cybertemp.Mail.Schema;

/// <summary>
/// The key of a row: a UUID of version 7 whose first 12 random bits continue its time (RFC 9562, section 6.2, method
/// 3). What one receiver took in one millisecond is so listed in the order it came. 62 bits stay random.
/// </summary>
public static class EmailId
{
    private const int VersionOctet = 6;
    private const byte Version7 = 0x70;

    /// <summary>Another one each time.</summary>
    /// <param name="receivedAt">Told apart when 245 ns lie between.</param>
    public static Guid Create(DateTimeOffset receivedAt)
    {
        Span<byte> octets = stackalloc byte[16];
        TimeOrderedId.Write(receivedAt, octets);
        var fraction = receivedAt.UtcTicks % TimeSpan.TicksPerMillisecond * 4096 / TimeSpan.TicksPerMillisecond;
        octets[VersionOctet] = (byte)(Version7 | (fraction >> 8));
        octets[VersionOctet + 1] = (byte)fraction;
        return new Guid(octets, bigEndian: true);
    }
}
