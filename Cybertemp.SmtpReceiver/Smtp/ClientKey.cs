using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What counts as one client: an IPv4 address, or the /64 of an IPv6 address, which one customer has whole.</summary>
internal readonly record struct ClientKey(bool IsIPv4, ulong Prefix)
{
    /// <summary>Of an address that is unmapped already.</summary>
    public static ClientKey Of(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        return address.AddressFamily is AddressFamily.InterNetwork
            ? new ClientKey(true, BinaryPrimitives.ReadUInt32BigEndian(octets))
            : new ClientKey(false, BinaryPrimitives.ReadUInt64BigEndian(octets));
    }
}
