namespace Cybertemp.Mail.Mime.Contents;

/// <summary>Decodes text that the strict decoder refuses, line by line.</summary>
internal ref struct LenientBase64(Span<byte> decoded)
{
    private readonly Span<byte> _decoded = decoded;
    private int _group;
    private int _groupLength;
    private bool _hasLines;
    private bool _hasLinesOfWords;
    private bool _isPadded;

    public int Written { get; private set; }

    public void Decode(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var length = text.IndexOf((byte)'\n') + 1;
            var line = length == 0 ? text : text[..length];
            if (IsBehindTheText(line))
            {
                break;
            }

            DecodeLine(line);
            text = text[line.Length..];
        }

        EndGroup();
    }

    /// <summary>There are blanks in the line, and none in those before it or padding ended the text.</summary>
    private bool IsBehindTheText(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r\n"u8);
        var isOfWords = line.ContainsAny((byte)' ', (byte)'\t');
        if (isOfWords && (_isPadded || (_hasLines && !_hasLinesOfWords)))
        {
            return true;
        }

        _hasLines |= !line.IsEmpty;
        _hasLinesOfWords |= isOfWords;
        return false;
    }

    private void DecodeLine(ReadOnlySpan<byte> line)
    {
        foreach (var octet in line)
        {
            if (octet == (byte)'=')
            {
                _isPadded |= _groupLength > 1;
                EndGroup();
            }
            else if (Value(octet) is var value and >= 0)
            {
                _group = (_group << 6) | value;
                if (++_groupLength == 4)
                {
                    EndGroup();
                }
            }
        }
    }

    /// <summary>One character alone is no octet.</summary>
    private void EndGroup()
    {
        var bits = _groupLength * 6;
        for (; bits >= 8 && Written < _decoded.Length; bits -= 8)
        {
            _decoded[Written++] = (byte)(_group >> (bits - 8));
        }

        (_group, _groupLength) = (0, 0);
    }

    private static int Value(byte octet) => octet switch
    {
        >= (byte)'A' and <= (byte)'Z' => octet - 'A',
        >= (byte)'a' and <= (byte)'z' => octet - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => octet - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
