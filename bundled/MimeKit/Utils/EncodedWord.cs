namespace MimeKit.Utils;

/// <summary>encoded-word (RFC 2047 §2) with the language of RFC 2231 §5; offsets are from its "=?".</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EncodedWord(Range CharsetRange, bool IsBase64, Range Payload)
{
    /// <summary>Not found: no encoded-word ends after this point.</summary>
    public const int NoneLeft = -1;

    private static readonly SearchValues<byte> NameOctets =
        SearchValues.Create([.. Enumerable.Range(0, 128).Select(octet => (byte)octet).Where(octet => Octets.Is(octet, Octets.Atom))]);

    /// <summary>Reads one encoded-word.</summary>
    /// <param name="octets">Begins with "=?".</param>
    /// <param name="word">Where its pieces are.</param>
    /// <param name="length">Octets to go on after, also on failure, or <see cref="NoneLeft"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, out EncodedWord word, out int length)
    {
        word = default;
        length = 2;
        WorkMeter.Add(1);
        var nameEnd = octets[2..].IndexOf((byte)'?') + 2;
        if (nameEnd < 2 || nameEnd + 3 >= octets.Length || octets[nameEnd + 2] != '?'
            || octets[nameEnd + 1] is not ((byte)'B' or (byte)'b' or (byte)'Q' or (byte)'q'))
        {
            length = nameEnd < 2 ? NoneLeft : nameEnd;
            return false;
        }

        var payloadLength = octets[(nameEnd + 3)..].IndexOf("?="u8);
        WorkMeter.Add(payloadLength < 0 ? octets.Length : payloadLength);
        if (payloadLength < 0)
        {
            length = NoneLeft;
            return false;
        }

        var isBase64 = octets[nameEnd + 1] is (byte)'B' or (byte)'b';
        var charsetLength = CharsetLength(octets[2..nameEnd]);
        word = new EncodedWord(2..(2 + charsetLength), isBase64, (nameEnd + 3)..(nameEnd + 3 + payloadLength));
        length = nameEnd + 3 + payloadLength + 2;
        return charsetLength > 0;
    }

    /// <summary>0 when charset or language have an octet that no atom has.</summary>
    private static int CharsetLength(ReadOnlySpan<byte> name)
    {
        var asterisk = name.IndexOf((byte)'*');
        return name.ContainsAnyExcept(NameOctets) ? 0 : asterisk < 0 ? name.Length : asterisk;
    }
}
