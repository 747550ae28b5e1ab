namespace Cybertemp.Mail.Mime.Bounds;

/// <summary>
/// One pass over the octets that follows the parser through header blocks and delimiters: where it may read a header
/// block, one is read here. What is beyond the limits is given to <paramref name="cuts"/>.
/// </summary>
internal ref struct BoundingPass(ReadOnlySpan<byte> content, MimeLimits limits, Cuts cuts)
{
    private readonly ReadOnlySpan<byte> _content = content;
    private readonly Delimiters _delimiters = new();
    private HeaderBlock _block;
    private readonly ParserWork _work = new(limits, content.Length);
    private int _parts;
    private int _headerOctets;
    private int _position;
    private bool _hasDigest;

    public void Run()
    {
        do
        {
            ReadHeaderBlock();
        }
        while (_position < _content.Length && EntersNextBlock());
    }

    private bool EntersNextBlock()
    {
        var start = _position;
        var isMessage = _block.MayOpenMessage;
        if (!isMessage && !TrySkipToDelimiter(out start))
        {
            return false;
        }

        var isPart = isMessage || _delimiters.BeginsPart(_content[start.._position]);
        _block = new HeaderBlock { IsInDigest = _hasDigest && !isMessage };
        if (!isPart || (++_parts <= limits.MaxParts && _work.TrySpendOnPart(isMessage)))
        {
            return true;
        }

        cuts.AddRest(start, _content.Length);
        return false;
    }

    /// <summary>Up to and with the empty line, or up to a delimiter.</summary>
    private void ReadHeaderBlock()
    {
        var fieldStart = _position;
        while (_position < _content.Length)
        {
            var end = EndOfLine(_position);
            var line = _content[_position..end];
            var isEmpty = line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
            if (isEmpty || IsDelimiter(line))
            {
                CloseField(fieldStart);
                _position = isEmpty ? end : _position;
                return;
            }

            if (line[0] is not ((byte)' ' or (byte)'\t'))
            {
                CloseField(fieldStart);
                fieldStart = _position;
            }

            _block.IsUncertain |= _delimiters.MayEnd(line);

            _position = end;
        }

        CloseField(fieldStart);
    }

    private void CloseField(int start)
    {
        if (start == _position)
        {
            return;
        }

        var octets = _content[start.._position];
        var field = new HeaderField(octets);
        if (!TryKeep(field, out var maxParameters))
        {
            cuts.AddField(start, _position);
            return;
        }

        cuts.AddFold(start, field.Fold);
        var (surplus, length) = field.Surplus(limits.MaxFieldBytes, maxParameters).GetOffsetAndLength(octets.Length);
        if (length == 0)
        {
            See(field);
            return;
        }

        cuts.AddField(start + surplus, start + surplus + length);
        See(new HeaderField([.. octets[..surplus], .. octets[(surplus + length)..]]));
    }

    /// <summary>The fields that make columns, or tell the parts apart, stay where others are too many.</summary>
    private bool TryKeep(HeaderField field, out int maxParameters)
    {
        var length = Math.Min(field.Value.Length, limits.MaxFieldBytes);
        var isWithin = _block.Fields < limits.MaxHeaders && _block.Octets + length <= limits.MaxHeaderBytes
            && _headerOctets + length <= limits.MaxHeaderBytesInAll
            && _work.TrySpendOnField(
                Math.Min(field.Parameters, limits.MaxParameters), Math.Min(field.PlainSections, limits.MaxParameters));
        maxParameters = isWithin ? limits.MaxParameters : 1;
        if (!isWithin && (!field.IsImportant || ++_block.ImportantFields > limits.MaxImportantHeaders))
        {
            return false;
        }

        _block.Fields++;
        _block.Octets += length;
        _headerOctets += length;
        return true;
    }

    private void See(scoped HeaderField field)
    {
        if (field.Is("content-transfer-encoding"u8))
        {
            _block.SeeEncoding(field.Value);
        }
        else if (field.Is("content-type"u8))
        {
            var type = new ContentTypeField(field.Value);
            _block.SeeType(type);
            _hasDigest |= type.MayBeDigest;
            if (type.Boundary() is { } boundary)
            {
                _delimiters.Add(boundary);
            }
        }
    }

    /// <summary>Past the next delimiter line; <paramref name="start"/> is where it begins.</summary>
    private bool TrySkipToDelimiter(out int start)
    {
        start = _position;
        while (_delimiters.Count > 0 && TryFindHyphens(ref start))
        {
            var end = EndOfLine(start);
            if (!_work.TryCompare(end - start, _delimiters.Count))
            {
                cuts.AddRest(start, _content.Length);
                return false;
            }

            if (_delimiters.Contains(_content[start..end]))
            {
                _position = end;
                return true;
            }

            start++;
        }

        return false;
    }

    /// <summary>The next line that begins with two hyphens.</summary>
    private readonly bool TryFindHyphens(ref int start)
    {
        if (start > 0 && _content[start - 1] != (byte)'\n' || !_content[start..].StartsWith("--"u8))
        {
            var next = _content[start..].IndexOf("\n--"u8);
            start += next + 1;
            return next >= 0;
        }

        return true;
    }

    private readonly bool IsDelimiter(ReadOnlySpan<byte> line) => line.StartsWith("--"u8) && _delimiters.Contains(line);

    private readonly int EndOfLine(int start)
    {
        var length = _content[start..].IndexOf((byte)'\n');
        return length < 0 ? _content.Length : start + length + 1;
    }
}
