namespace Cybertemp.Mail.Mime.Contents;

/// <summary>
/// RFC 2045 §6.7, read as it was meant: blanks behind the "=" of a soft line break came on the way, and "=" before
/// anything else is itself.
/// </summary>
internal static class QuotedPrintableOctets
{
    /// <summary>
    /// The octets decoded: never more than <paramref name="text"/> has, at most as many as there is room for.
    /// </summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> decoded)
    {
        var written = 0;
        while (!text.IsEmpty && written < decoded.Length)
        {
            var plain = text.IndexOf((byte)'=');
            plain = Math.Min(plain < 0 ? text.Length : plain, decoded.Length - written);
            text[..plain].CopyTo(decoded[written..]);
            text = text[plain..];
            written += plain;
            if (!text.IsEmpty && written < decoded.Length)
            {
                text = text[DecodeEscape(text, decoded, ref written)..];
            }
        }

        return written;
    }

    /// <summary>How much of the text was read.</summary>
    private static int DecodeEscape(ReadOnlySpan<byte> text, Span<byte> decoded, ref int written)
    {
        if (HexOctet.TryRead(text[1..], out var octet))
        {
            decoded[written++] = octet;
            return 3;
        }

        var blanks = text[1..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        switch (blanks < 0 ? [] : text[(1 + blanks)..])
        {
            case []:
                return text.Length;
            case [(byte)'\n', ..]:
                return blanks + 2;
            case [(byte)'\r', (byte)'\n', ..]:
                return blanks + 3;
            default:
                decoded[written++] = text[0];
                return 1;
        }
    }
}
