namespace MimeKit.Encodings;

/// <summary>uuencode as POSIX describes it: what stands between the "begin" and the "end" line.</summary>
internal sealed class UUDecoder : ContentDecoder
{
    private readonly byte[] _line = new byte[128];
    private int _lineLength;
    private bool _hasBegun;
    private bool _hasEnded;

    public override int Decode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var written = 0;
        foreach (var octet in input)
        {
            if (octet == '\n')
            {
                written += DecodeLine(_line.AsSpan(0, _lineLength).TrimEnd((byte)'\r'), output[written..]);
                _lineLength = 0;
            }
            else if (_lineLength < _line.Length)
            {
                _line[_lineLength++] = octet;
            }
        }

        return written;
    }

    private int DecodeLine(ReadOnlySpan<byte> line, Span<byte> output)
    {
        if (!_hasBegun)
        {
            _hasBegun = line.StartsWith("begin "u8);
            return 0;
        }

        if (_hasEnded || line.IsEmpty || Value(line[0]) == 0)
        {
            _hasEnded |= !line.IsEmpty;
            return 0;
        }

        return DecodeGroups(line[1..], Value(line[0]), output);
    }

    /// <summary>Blanks that a relay cut off the end of the line are put back.</summary>
    private static int DecodeGroups(ReadOnlySpan<byte> groups, int count, Span<byte> output)
    {
        Span<byte> padded = stackalloc byte[128];
        padded.Fill((byte)' ');
        groups.CopyTo(padded);
        for (var index = 0; index < count; index++)
        {
            output[index] = DecodeOctet(padded[(index / 3 * 4)..], index % 3);
        }

        return count;
    }

    private static byte DecodeOctet(ReadOnlySpan<byte> group, int position) => position switch
    {
        0 => (byte)((Value(group[0]) << 2) | (Value(group[1]) >> 4)),
        1 => (byte)((Value(group[1]) << 4) | (Value(group[2]) >> 2)),
        _ => (byte)((Value(group[2]) << 6) | Value(group[3])),
    };

    private static int Value(byte character) => (character - 0x20) & 0x3F;
}
