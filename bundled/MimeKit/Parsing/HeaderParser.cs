namespace MimeKit.Parsing;

/// <summary>Finds the header fields of one entity.</summary>
internal ref struct HeaderParser(MessageSource source, BoundaryStack boundaries, int position)
{
    private readonly ReadOnlySpan<byte> _octets = source.Octets;

    public int Position { get; private set; } = position;

    /// <summary>Not <see cref="BoundaryKind.None"/> when a delimiter came before the empty line.</summary>
    public BoundaryKind Boundary { get; private set; }

    /// <summary>False when <paramref name="isTopLevel"/> and the first line is no header field.</summary>
    public bool TryRead(bool isMessage, bool isTopLevel, out HeaderBlock block)
    {
        var first = source.Fields.Count;
        var isReadable = true;
        while (Position < _octets.Length && !TrySkipEmptyLine())
        {
            if (!StartsWithFieldName())
            {
                var isFirst = source.Fields.Count == first;
                var line = source.LineAt(Position);
                if (isFirst && isMessage && IsMboxMarker(line))
                {
                    Position = Math.Min(Position + line.Length + 1, _octets.Length);
                    continue;
                }

                isReadable = !(isFirst && isTopLevel);
                Boundary = boundaries.Match(line);
                if (!isReadable || Boundary is not BoundaryKind.None)
                {
                    break;
                }
            }

            AddField();
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

    /// <summary>Blanks may stand between the name and the colon, but not within the name.</summary>
    private readonly bool StartsWithFieldName()
    {
        var afterBlank = false;
        for (var index = Position; index < _octets.Length; index++)
        {
            var octet = _octets[index];
            if (octet == ':')
            {
                return index > Position;
            }

            if (Octets.IsBlank(octet))
            {
                afterBlank = true;
            }
            else if (afterBlank || Octets.IsControl(octet))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsMboxMarker(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line.StartsWith(">From "u8);

    private void AddField()
    {
        var end = Position;
        do
        {
            var newLine = _octets[end..].IndexOf((byte)'\n');
            end = newLine < 0 ? _octets.Length : end + newLine + 1;
        }
        while (end < _octets.Length && Octets.IsBlank(_octets[end]));

        WorkMeter.Add(end - Position);
        var colon = _octets[Position..end].IndexOf((byte)':');
        source.Fields.Add(new HeaderField(Position, colon < 0 ? end : Position + colon, end));
        Position = end;
    }
}
