namespace Cybertemp.SmtpReceiver.Smtp.Content;

/// <summary>
/// Finds the end of DATA and takes the dots out that the sender stuffed in. RFC 5321 §4.1.1.4 and §4.5.2. Only
/// CRLF.CRLF ends a message; a lone dot between other line ends, or with NUL beside it, never does and is remembered,
/// since a server before us may have meant something else by it ("SMTP smuggling"). Every other octet is content.
/// </summary>
internal sealed class DotDecoder
{
    private LineContent _line;
    private bool _afterCrlf = true;
    private bool _afterCr;

    /// <summary>What the line has so far, its dots and NULs.</summary>
    private enum LineContent
    {
        Empty,
        Nul,
        Dot,
        DotAndNul,
        Text,
    }

    public bool IsComplete { get; private set; }

    /// <summary>A lone dot was not between CRLF and CRLF, or not quite alone.</summary>
    public bool SawLookAlike { get; private set; }

    /// <summary>Before the first octet after 354, which counts as the start of a line.</summary>
    public void Start()
    {
        (_line, _afterCrlf, _afterCr, IsComplete, SawLookAlike) = (LineContent.Empty, true, false, false, false);
    }

    /// <summary>Decodes until the end of the message or of <paramref name="input"/>.</summary>
    /// <returns>Octets used: fewer than given only at the end of the message.</returns>
    public int Decode(ReadOnlySpan<byte> input, ContentBuffer content)
    {
        var (kept, i) = (0, 0);
        while (i < input.Length && !IsComplete)
        {
            if (_line is LineContent.Text && !_afterCr)
            {
                var end = input[i..].IndexOfAny((byte)'\r', (byte)'\n');
                i = end < 0 ? input.Length : i + end;
                if (end < 0)
                {
                    break;
                }
            }

            if (!IsContent(input[i++]))
            {
                content.Append(input[kept..(i - 1)]);
                kept = i;
            }
        }

        content.Append(input[kept..i]);
        return i;
    }

    /// <summary>Advances by one octet; false for a stuffed dot and the parts of the final one.</summary>
    private bool IsContent(byte octet)
    {
        if (_afterCr && octet != '\n')
        {
            EndLine(isCrlf: false);
        }

        switch (octet)
        {
            case (byte)'\r':
                _afterCr = true;
                return !IsPossibleEnd;
            case (byte)'\n':
                var isContent = !(_afterCr && IsPossibleEnd);
                EndLine(isCrlf: _afterCr);
                return isContent;
            case (byte)'.':
                var isStuffing = _line is LineContent.Empty && _afterCrlf;
                _line = AddDot(_line);
                return !isStuffing;
            case 0:
                _line = AddNul(_line);
                return true;
            default:
                _line = LineContent.Text;
                return true;
        }
    }

    private bool IsPossibleEnd => _line is LineContent.Dot && _afterCrlf;

    private void EndLine(bool isCrlf)
    {
        if (isCrlf && IsPossibleEnd)
        {
            IsComplete = true;
        }
        else if (_line is LineContent.Dot or LineContent.DotAndNul)
        {
            SawLookAlike = true;
        }

        (_line, _afterCrlf, _afterCr) = (LineContent.Empty, isCrlf, false);
    }

    private static LineContent AddDot(LineContent line) => line switch
    {
        LineContent.Empty => LineContent.Dot,
        LineContent.Nul => LineContent.DotAndNul,
        LineContent.Dot or LineContent.DotAndNul or LineContent.Text => LineContent.Text,
    };

    private static LineContent AddNul(LineContent line) => line switch
    {
        LineContent.Empty or LineContent.Nul => LineContent.Nul,
        LineContent.Dot or LineContent.DotAndNul => LineContent.DotAndNul,
        LineContent.Text => LineContent.Text,
    };
}
