namespace MimeKit.Parsing;

/// <summary>Finds the header fields of one entity.</summary>
internal ref struct HeaderParser(MessageSource source, BoundaryStack boundaries, int position)
{
    private readonly ReadOnlySpan<byte> _octets = source.Octets;

    public int Position { get; private set; } = position;

    /// <summary>Not <see cref="BoundaryKind.None"/> when a delimiter came before the empty line.</summary>
    public BoundaryKind Boundary { get; private set; }

    /// <summary>False when <paramref name="isTopLevel"/> and the first line is no header field, or the octets end within a field name.</summary>
    public bool TryRead(bool isMessage, bool isTopLevel, out HeaderBlock block)
    {
        var first = source.Fields.Count;
        var isReadable = true;
        while (Position < _octets.Length && !TrySkipEmptyLine())
        {
            var colon = FindColon();
            if (colon <= Position || colon == _octets.Length)
            {
                var isFirst = source.Fields.Count == first;
                var line = source.LineAt(Position);
                isReadable = !(isTopLevel && (isFirst || colon == _octets.Length)) || (isMessage && IsMboxMarker(line));
                Boundary = boundaries.Match(line);
                if (!isReadable || Boundary is not BoundaryKind.None)
                {
                    break;
                }

                if (isFirst)
                {
                    Position = Math.Min(Position + line.Length + 1, _octets.Length);
                    continue;
                }
            }

            AddField(colon);
        }

        block = new HeaderBlock(source, first, source.Fields.Count - first);
        return isReadable;
    }

    private bool TrySkipEmptyLine()
    {
        var length = _octets[Position] switch
        {
            (byte)'\n' => 1,
            (byte)'\r' when Position + 1 < _octets.Length && _octets[Position + 1] == '\n' => 2,
            _ => 0,
        };
        Position += length;
        return length > 0;
    }

    /// <summary>Of a field name: blanks may stand between it and the colon, but not within it. -1 without, the end if cut before.</summary>
    private readonly int FindColon()
    {
        var afterBlank = false;
        for (var index = Position; index < _octets.Length; index++)
        {
            var octet = _octets[index];
            if (octet == ':')
            {
                return index;
            }

            if (Octets.IsBlank(octet))
            {
                afterBlank = true;
            }
            else if (afterBlank || Octets.IsControl(octet) || octet >= 0x80)
            {
                return -1;
            }
        }

        return _octets.Length;
    }

    private static bool IsMboxMarker(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line.StartsWith(">From "u8);

    private void AddField(int colon)
    {
        var end = Position;
        do
        {
            var newLine = _octets[end..].IndexOf((byte)'\n');
            end = newLine < 0 ? _octets.Length : end + newLine + 1;
        }
        while (end < _octets.Length && Octets.IsBlank(_octets[end]));

        WorkMeter.Add(end - Position);
        source.Fields.Add(new HeaderField(Position, colon < 0 ? end : colon, end));
        Position = end;
    }
}
