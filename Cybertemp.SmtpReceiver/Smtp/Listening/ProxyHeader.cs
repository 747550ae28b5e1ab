using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>
/// The header by which a balancer names the client: the PROXY protocol, versions 1 (text) and 2 (binary), TCP over IPv4
/// and IPv6.
/// </summary>
internal static class ProxyHeader
{
    /// <summary>
    /// Longer headers are refused: version 1 allows 107 octets, version 2 carries what a balancer adds.
    /// </summary>
    public const int MaxBytes = 4096;

    private const int MaxTextBytes = 107;
    private const int BinaryPrefixBytes = 16;

    private static readonly SearchValues<char> IPv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static ReadOnlySpan<byte> TextSignature => "PROXY "u8;

    private static ReadOnlySpan<byte> BinarySignature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads a header at the start of <paramref name="input"/>.</summary>
    /// <param name="length">Octets of the header when it is complete.</param>
    /// <param name="client">Null when the balancer speaks for itself (LOCAL) or does not know (UNKNOWN).</param>
    public static ProxyHeaderStatus Read(ReadOnlySpan<byte> input, out int length, out IPAddress? client)
    {
        (length, client) = (0, null);
        return input switch
        {
            _ when StartsAlike(input, TextSignature) => ReadText(input, ref length, ref client),
            _ when StartsAlike(input, BinarySignature) => ReadBinary(input, ref length, ref client),
            _ => ProxyHeaderStatus.Invalid,
        };
    }

    private static bool StartsAlike(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature) =>
        input.StartsWith(signature) || signature.StartsWith(input);

    private static ProxyHeaderStatus ReadText(ReadOnlySpan<byte> input, ref int length, ref IPAddress? client)
    {
        var end = input[..Math.Min(input.Length, MaxTextBytes)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return input.Length < MaxTextBytes ? ProxyHeaderStatus.Incomplete : ProxyHeaderStatus.Invalid;
        }

        length = end + 2;
        var words = Encoding.ASCII.GetString(input[..end]).Split(' ');
        return words switch
        {
            [_, "UNKNOWN", ..] => ProxyHeaderStatus.Complete,
            [_, "TCP4", var source, var target, var from, var to] =>
                ReadAddresses(AddressFamily.InterNetwork, source, target, from, to, ref client),
            [_, "TCP6", var source, var target, var from, var to] =>
                ReadAddresses(AddressFamily.InterNetworkV6, source, target, from, to, ref client),
            _ => ProxyHeaderStatus.Invalid,
        };
    }

    private static ProxyHeaderStatus ReadAddresses(
        AddressFamily family, string source, string target, string from, string to, ref IPAddress? client)
    {
        var isValid = TryReadAddress(family, source, out client) && TryReadAddress(family, target, out _)
            && IsPort(from) && IsPort(to);
        return isValid ? ProxyHeaderStatus.Complete : ProxyHeaderStatus.Invalid;
    }

    /// <summary>
    /// Canonical addresses only (§2.1): .NET also reads <c>1</c>, <c>0x7f.1</c> and <c>010.0.0.1</c> as IPv4, and IPv6
    /// with brackets or a zone.
    /// </summary>
    private static bool TryReadAddress(AddressFamily family, string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address) && address.AddressFamily == family && family switch
        {
            AddressFamily.InterNetwork => address.ToString() == text,
            _ => !text.AsSpan().ContainsAnyExcept(IPv6Characters),
        };

    private static bool IsPort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port.ToString(CultureInfo.InvariantCulture) == text;

    private static ProxyHeaderStatus ReadBinary(ReadOnlySpan<byte> input, ref int length, ref IPAddress? client)
    {
        if (input.Length < BinaryPrefixBytes)
        {
            return ProxyHeaderStatus.Incomplete;
        }

        length = BinaryPrefixBytes + BinaryPrimitives.ReadUInt16BigEndian(input[14..]);
        if (length > MaxBytes)
        {
            return ProxyHeaderStatus.Invalid;
        }

        return input.Length < length
            ? ProxyHeaderStatus.Incomplete
            : ReadBinaryAddresses(input[12], input[13], input[BinaryPrefixBytes..length], ref client);
    }

    /// <summary>Version and command, then family and transport, each in four bits.</summary>
    private static ProxyHeaderStatus ReadBinaryAddresses(
        byte command, byte family, ReadOnlySpan<byte> addresses, ref IPAddress? client)
    {
        switch (command, family)
        {
            case (0x20, _):
            case (0x21, 0x00):
            case (0x21, 0x31):
                return ProxyHeaderStatus.Complete;
            case (0x21, 0x11) when addresses.Length >= 12:
                client = new IPAddress(addresses[..4]);
                return ProxyHeaderStatus.Complete;
            case (0x21, 0x21) when addresses.Length >= 36:
                client = new IPAddress(addresses[..16]);
                return ProxyHeaderStatus.Complete;
            default:
                return ProxyHeaderStatus.Invalid;
        }
    }
}
