using System.Buffers;

namespace MimeKit.Parsing;

/// <summary>The character classes of RFC 5322 §3.2 and RFC 2045 §5.1, as leniently as mail needs them.</summary>
internal static class Octets
{
    private const byte WhiteSpaceFlag = 1;
    private const byte AtomFlag = 2;
    private const byte TokenFlag = 4;
    private const byte AttributeFlag = 8;
    private const byte DomainFlag = 16;

    public static readonly SearchValues<byte> WhiteSpaceOctets = SearchValues.Create(" \t\r\n"u8);

    private static readonly byte[] Flags = CreateFlags();

    public static bool IsBlank(byte octet) => octet is (byte)' ' or (byte)'\t';

    public static bool IsWhiteSpace(byte octet) => (Flags[octet] & WhiteSpaceFlag) != 0;

    public static bool IsControl(byte octet) => octet is < 0x20 or 0x7F;

    /// <summary>An octet of an atom; every octet above ASCII counts (RFC 6532).</summary>
    public static bool IsAtom(byte octet) => (Flags[octet] & AtomFlag) != 0;

    public static bool IsAsciiAtom(byte octet) => octet < 0x80 && IsAtom(octet);

    public static bool IsDomain(byte octet) => (Flags[octet] & DomainFlag) != 0;

    public static bool IsToken(byte octet) => (Flags[octet] & TokenFlag) != 0;

    /// <summary>An octet of a parameter name (RFC 2231 §7).</summary>
    public static bool IsAttribute(byte octet) => (Flags[octet] & AttributeFlag) != 0;

    private static byte[] CreateFlags()
    {
        var flags = new byte[256];
        for (var octet = 0; octet < 256; octet++)
        {
            flags[octet] = Classify((byte)octet);
        }

        return flags;
    }

    private static byte Classify(byte octet)
    {
        if (WhiteSpaceOctets.Contains(octet))
        {
            return WhiteSpaceFlag;
        }

        if (IsControl(octet))
        {
            return 0;
        }

        var isSpecial = "()<>@,;:\\\".[]"u8.Contains(octet);
        var isToken = octet < 0x80 && !"()<>@,;:\\\"/[]?="u8.Contains(octet);
        var flags = isSpecial ? 0 : AtomFlag | DomainFlag;
        flags |= isToken ? TokenFlag : 0;
        flags |= isToken && !"*'%"u8.Contains(octet) ? AttributeFlag : 0;
        return (byte)flags;
    }
}
