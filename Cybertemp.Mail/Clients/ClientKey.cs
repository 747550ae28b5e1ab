using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Cybertemp.Mail.Clients;

/// <summary>
/// What counts as one client: an IPv4 address, or the /64 of an IPv6 address, which one customer has whole.
/// </summary>
/// <param name="Bits">Of the prefix; 32 for IPv4.</param>
internal readonly record struct ClientKey(bool IsIPv4, ulong Prefix, byte Bits)
{
    private const byte CustomerBits = 64;

    /// <summary>Of an address that is unmapped already.</summary>
    public static ClientKey Of(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        return address.AddressFamily is AddressFamily.InterNetwork
            ? new ClientKey(true, BinaryPrimitives.ReadUInt32BigEndian(octets), 32)
            : new ClientKey(false, BinaryPrimitives.ReadUInt64BigEndian(octets), CustomerBits);
    }

    /// <summary>The IPv6 network of so many bits, up to 64, that it is in.</summary>
    public ClientKey Network(byte bits) =>
        this with { Prefix = Prefix >> (CustomerBits - bits) << (CustomerBits - bits), Bits = bits };
}
