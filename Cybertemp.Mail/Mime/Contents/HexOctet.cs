namespace Cybertemp.Mail.Mime.Contents;

/// <summary>Two hexadecimal digits of either case, as quoted-printable and percent-encoding have them.</summary>
internal static class HexOctet
{
    public static bool TryRead(ReadOnlySpan<byte> text, out byte octet)
    {
        var isHex = text.Length > 1 && char.IsAsciiHexDigit((char)text[0]) && char.IsAsciiHexDigit((char)text[1]);
        octet = isHex ? (byte)((Digit(text[0]) << 4) | Digit(text[1])) : (byte)0;
        return isHex;
    }

    private static int Digit(byte octet) => octet <= (byte)'9' ? octet - '0' : (octet & 0x0F) + 9;
}
