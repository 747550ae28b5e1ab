namespace MimeKit.Parsing;

/// <summary>The character classes of RFC 5322 §3.2 and RFC 2045 §5.1, as leniently as mail needs them.</summary>
internal static class Octets
{
    public const byte WhiteSpace = 1;

    /// <summary>Of an atom or a domain; every octet above ASCII counts (RFC 6532).</summary>
    public const byte Atom = 2;

    public const byte Token = 4;

    /// <summary>Of a parameter name (RFC 2231 §7).</summary>
    public const byte Attribute = 8;

    public static readonly SearchValues<byte> WhiteSpaceOctets = SearchValues.Create(" \t\r\n"u8);

    /// <summary>Of a display name: brackets too, and a closing parenthesis that nothing opened.</summary>
    public const byte Phrase = 16;

    /// <summary>Of a domain literal.</summary>
    public const byte DomainLiteral = 32;

    private static readonly byte[] Kinds = [.. Enumerable.Range(0, 256).Select(octet => Classify((byte)octet))];

    public static bool Is(byte octet, byte kind) => (Kinds[octet] & kind) != 0;

    public static bool IsBlank(byte octet) => octet is (byte)' ' or (byte)'\t';

    public static bool IsControl(byte octet) => octet is < 0x20 or 0x7F;

    private static byte Classify(byte octet)
    {
        if (IsControl(octet) || octet == ' ')
        {
            return " \t\r\n"u8.Contains(octet) ? WhiteSpace : (byte)0;
        }

        var isToken = octet < 0x80 && !"()<>@,;:\\\"/[]?="u8.Contains(octet);
        var atom = "()<>@,;:\\\".[]"u8.Contains(octet) ? 0 : Atom;
        var phrase = atom != 0 || "[])"u8.Contains(octet) ? Phrase : 0;
        var literal = octet < 0x80 && !"[]\\"u8.Contains(octet) ? DomainLiteral : 0;
        return (byte)(atom | phrase | literal | (isToken ? Token : 0) | (isToken && !"*'%"u8.Contains(octet) ? Attribute : 0));
    }
}
