namespace MimeKit.Parsing;

/// <summary>A position in the octets of a structured header field (RFC 5322 §3.2), with the lexical rules.</summary>
internal ref struct Scanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    public int Position { get; set; }

    public readonly bool AtEnd => Position >= _text.Length;

    /// <summary>At what may follow an address without a domain.</summary>
    public readonly bool AtAddressEnd => AtEnd || At(',') || At('>') || At(';');

    public readonly byte Current => _text[Position];

    public readonly ReadOnlySpan<byte> Rest => _text[Position..];

    public readonly bool At(char expected) => Position < _text.Length && _text[Position] == expected;

    public readonly ReadOnlySpan<byte> From(int start) => _text[start..Position];

    /// <summary>UTF-8 when it is valid, else ISO-8859-1.</summary>
    public static string Decode(ReadOnlySpan<byte> octets) =>
        (Utf8.IsValid(octets) ? Encoding.UTF8 : Encoding.Latin1).GetString(octets);

    public bool Accept(char expected)
    {
        var isThere = At(expected);
        Position += isThere ? 1 : 0;
        return isThere;
    }

    /// <summary>False when there is none of the kind.</summary>
    public bool Skip(byte kind)
    {
        var start = Position;
        while (Position < _text.Length && Octets.Is(_text[Position], kind))
        {
            Position++;
        }

        return Position > start;
    }

    public void SkipTo(char octet)
    {
        var length = Rest.IndexOf((byte)octet);
        Position = length < 0 ? _text.Length : Position + length;
    }

    /// <summary>Comments and white space; false, with everything consumed, when a comment has no end.</summary>
    public bool SkipCfws()
    {
        Skip(Octets.WhiteSpace);
        while (At('('))
        {
            if (!SkipComment())
            {
                return false;
            }

            Skip(Octets.WhiteSpace);
        }

        return true;
    }

    /// <summary>Nesting is counted, not recursed into.</summary>
    public bool SkipComment()
    {
        var (start, depth) = (Position, 0);
        do
        {
            var octet = _text[Position++];
            depth += octet == '(' ? 1 : octet == ')' ? -1 : 0;
            Position += octet == '\\' ? 1 : 0;
        }
        while (depth > 0 && Position < _text.Length);
        Position = Math.Min(Position, _text.Length);
        WorkMeter.Add(Position - start);
        return depth == 0;
    }

    /// <summary>False, with everything consumed, when the closing quote is missing.</summary>
    public bool SkipQuoted()
    {
        var start = Position++;
        while (Position < _text.Length && _text[Position] != '"')
        {
            Position += _text[Position] == '\\' ? 2 : 1;
        }

        Position = Math.Min(Position, _text.Length);
        WorkMeter.Add(Position - start);
        return Accept('"');
    }

    /// <summary>word = atom / quoted-string.</summary>
    public bool SkipWord() => At('"') ? SkipQuoted() : Skip(Octets.Atom);

    /// <summary>False without digits or when the number does not fit.</summary>
    public bool TryReadInt32(out int value)
    {
        var start = Position;
        var length = Rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        Position = length < 0 ? _text.Length : Position + length;
        return int.TryParse(From(start), CultureInfo.InvariantCulture, out value);
    }
}
