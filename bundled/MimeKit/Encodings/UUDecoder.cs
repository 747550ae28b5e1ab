namespace MimeKit.Encodings;

/// <summary>uuencode as POSIX describes it: what stands between the "begin" line and a line of length 0.</summary>
internal sealed class UUDecoder : ContentDecoder
{
    private int _matched;
    private bool _hasBegun;
    private bool _hasEnded;
    private bool _isLineStart = true;
    private int _expected;
    private int _group = 1;

    private static ReadOnlySpan<byte> Begin => "begin "u8;

    public override int Decode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var written = 0;
        foreach (var octet in input)
        {
            if (octet == '\n')
            {
                _hasBegun |= _matched == Begin.Length;
                (_isLineStart, _matched) = (true, 0);
            }
            else if (!_hasBegun)
            {
                _matched = _matched == Begin.Length ? _matched : _matched >= 0 && octet == Begin[_matched] ? _matched + 1 : -1;
            }
            else if (octet != '\r' && !_hasEnded)
            {
                written += Take(octet, output[written..]);
                _isLineStart = false;
            }
        }

        return written;
    }

    /// <summary>A line begins with its length; what is left over at its end is ignored.</summary>
    private int Take(byte octet, Span<byte> output)
    {
        var value = (octet - 0x20) & 0x3F;
        if (_isLineStart || _expected == 0)
        {
            _hasEnded = _isLineStart && value == 0;
            _expected = _isLineStart ? value : 0;
            return 0;
        }

        _group = (_group << 6) | value;
        if (_group < 1 << 24)
        {
            return 0;
        }

        var length = Math.Min(3, _expected);
        ReadOnlySpan<byte> octets = [(byte)(_group >> 16), (byte)(_group >> 8), (byte)_group];
        octets[..length].CopyTo(output);
        (_expected, _group) = (_expected - length, 1);
        return length;
    }
}
