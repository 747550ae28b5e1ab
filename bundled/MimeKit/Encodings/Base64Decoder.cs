using System.Buffers.Text;

namespace MimeKit.Encodings;

/// <summary>Base64 (RFC 2045 §6.8): other octets are skipped, padded groups may follow each other, a last incomplete group is dropped.</summary>
internal sealed class Base64Decoder : ContentDecoder
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>-1: to be skipped.</summary>
    private static readonly sbyte[] Ranks =
        [.. Enumerable.Range(0, 256).Select(octet => octet == '=' ? (sbyte)0 : (sbyte)Alphabet.IndexOf((char)octet, StringComparison.Ordinal))];

    private uint _sextets;
    private uint _characters;
    private int _count;

    public override int Decode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var written = 0;
        while (!input.IsEmpty)
        {
            var end = input.IndexOf((byte)'\n');
            var line = end < 0 ? input : input[..(end + 1)];
            written += TryDecodeWholeLine(line, output[written..], out var length)
                ? length
                : DecodeOneByOne(line, output[written..]);
            input = input[line.Length..];
        }

        return written;
    }

    private bool TryDecodeWholeLine(ReadOnlySpan<byte> line, Span<byte> output, out int written)
    {
        written = 0;
        line = line.TrimEnd("\r\n"u8);
        return _count == 0
            && line.Length % 4 == 0
            && Base64.DecodeFromUtf8(line, output, out var consumed, out written) is OperationStatus.Done
            && consumed == line.Length
            && written == line.Length / 4 * 3;
    }

    private int DecodeOneByOne(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var written = 0;
        foreach (var character in input)
        {
            var rank = Ranks[character];
            if (rank < 0)
            {
                continue;
            }

            _sextets = (_sextets << 6) | (byte)rank;
            _characters = (_characters << 8) | character;
            if (++_count == 4)
            {
                written += WriteGroup(output[written..]);
                _count = 0;
            }
        }

        return written;
    }

    /// <summary>Three octets, one less for each '=' at the end.</summary>
    private int WriteGroup(Span<byte> output)
    {
        output[0] = (byte)(_sextets >> 16);
        output[1] = (byte)(_sextets >> 8);
        output[2] = (byte)_sextets;
        return (_characters & 0xFF0000) == '=' << 16 ? 0 : (_characters & 0xFF00) == '=' << 8 ? 1 : (_characters & 0xFF) == '=' ? 2 : 3;
    }
}
