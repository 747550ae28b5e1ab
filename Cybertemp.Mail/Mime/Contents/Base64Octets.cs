using System.Buffers;
using System.Buffers.Text;

namespace Cybertemp.Mail.Mime.Contents;

/// <summary>
/// RFC 2045 §6.8, read as it was meant: what is not of the alphabet is skipped, padding may be missing or stand between
/// two texts, and lines of words behind the text, as lists add them, are not decoded.
/// </summary>
internal static class Base64Octets
{
    private static readonly SearchValues<byte> AlphabetAndLineEnds =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\r\n"u8);

    /// <summary>The octets decoded, at most as many as <paramref name="decoded"/> has room for.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> decoded)
    {
        // To the strict decoder a blank is nothing: words behind the text would be decoded.
        if (!text.Contains((byte)' ')
            && Base64.DecodeFromUtf8(
                text, decoded, out _, out var written) is OperationStatus.Done or OperationStatus.DestinationTooSmall)
        {
            return written;
        }

        var lenient = new LenientBase64(decoded);
        lenient.Decode(text);
        return lenient.Written;
    }

    /// <summary>How many octets the whole text is.</summary>
    public static int CountDecoded(ReadOnlySpan<byte> text)
    {
        var end = text.LastIndexOfAnyExcept("=\r\n "u8) + 1;
        if (!text[..end].ContainsAnyExcept(AlphabetAndLineEnds))
        {
            var characters = end - text[..end].Count((byte)'\r') - text[..end].Count((byte)'\n');
            return (int)(characters * 3L / 4);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(text.Length) + 3);
        var count = Decode(text, buffer);
        ArrayPool<byte>.Shared.Return(buffer);
        return count;
    }
}
