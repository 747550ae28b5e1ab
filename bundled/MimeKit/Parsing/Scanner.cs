using System.Text;
using System.Text.Unicode;

namespace MimeKit.Parsing;

/// <summary>A position in the octets of a structured header field (RFC 5322 §3.2), with the lexical rules.</summary>
internal ref struct Scanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    public int Position { get; set; }

    public readonly int End => _text.Length;

    public readonly bool AtEnd => Position >= _text.Length;

    public readonly byte Current => _text[Position];

    public readonly bool At(char expected) => Position < _text.Length && _text[Position] == expected;

    public readonly ReadOnlySpan<byte> Slice(int start, int end) => _text[start..end];

    /// <summary>UTF-8 when it is valid, else ISO-8859-1.</summary>
    public readonly string Text(int start) => Decode(_text[start..Position]);

    public static string Decode(ReadOnlySpan<byte> octets) =>
        Utf8.IsValid(octets) ? Encoding.UTF8.GetString(octets) : Encoding.Latin1.GetString(octets);

    public void SkipWhiteSpace()
    {
        while (Position < _text.Length && Octets.IsWhiteSpace(_text[Position]))
        {
            Position++;
        }
    }

    /// <summary>False, with everything consumed, when a comment has no end.</summary>
    public bool SkipCommentsAndWhiteSpace()
    {
        SkipWhiteSpace();
        while (At('('))
        {
            if (!SkipComment())
            {
                return false;
            }

            SkipWhiteSpace();
        }

        return true;
    }

    /// <summary>Nesting is counted, not recursed into.</summary>
    public bool SkipComment()
    {
        var start = Position;
        var isClosed = FindCommentEnd();
        WorkMeter.Add(Position - start);
        return isClosed;
    }

    public bool SkipQuoted()
    {
        var start = Position++;
        var isClosed = FindClosingQuote();
        WorkMeter.Add(Position - start);
        return isClosed;
    }

    public bool SkipAtom()
    {
        var start = Position;
        while (Position < _text.Length && Octets.IsAtom(_text[Position]))
        {
            Position++;
        }

        return Position > start;
    }

    public bool SkipToken()
    {
        var start = Position;
        while (Position < _text.Length && Octets.IsToken(_text[Position]))
        {
            Position++;
        }

        return Position > start;
    }

    public bool SkipAttribute()
    {
        var start = Position;
        while (Position < _text.Length && Octets.IsAttribute(_text[Position]))
        {
            Position++;
        }

        return Position > start;
    }

    /// <summary>word = atom / quoted-string.</summary>
    public bool SkipWord() => At('"') ? SkipQuoted() : SkipAtom();

    /// <summary>False without digits or when the number does not fit.</summary>
    public bool TryReadInt32(out int value)
    {
        var (start, number) = (Position, 0L);
        while (Position < _text.Length && char.IsAsciiDigit((char)_text[Position]) && number <= int.MaxValue)
        {
            number = (number * 10) + (_text[Position++] - '0');
        }

        value = number <= int.MaxValue ? (int)number : 0;
        return Position > start && number <= int.MaxValue;
    }

    private bool FindCommentEnd()
    {
        var depth = 0;
        while (Position < _text.Length)
        {
            switch (_text[Position++])
            {
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return true;
                case (byte)'\\':
                    Position++;
                    break;
            }
        }

        Position = _text.Length;
        return false;
    }

    private bool FindClosingQuote()
    {
        while (Position < _text.Length)
        {
            switch (_text[Position++])
            {
                case (byte)'"':
                    return true;
                case (byte)'\\':
                    Position++;
                    break;
            }
        }

        Position = _text.Length;
        return false;
    }
}
