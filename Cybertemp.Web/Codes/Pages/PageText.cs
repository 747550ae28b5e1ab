using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Pages;

/// <summary>
/// Collects what a reader sees: characters in printed form, '\n' between lines, '\t' between cells, one space where
/// there
/// are several. At most <see cref="MaxLength"/> characters. Owned by one reading; not thread-safe.
/// </summary>
internal sealed class PageText
{
    /// <summary>No code or link that a person should see stands behind so much text.</summary>
    public const int MaxLength = 24_000;
    private const int MaxAnchors = 256;

    private char[] _printed = new char[2048];
    private bool _isSpaceDue;
    private char _breakDue;

    public int Length { get; private set; }

    public bool IsFull => Length >= MaxLength;

    public List<LooksRun> Looks { get; } = [];

    public List<Anchor> Anchors { get; } = [];

    public ReadOnlySpan<char> Printed => _printed.AsSpan(0, Length);

    public void BreakLine() => _breakDue = '\n';

    public void BreakCell() => _breakDue = _breakDue == '\n' ? '\n' : '\t';

    /// <summary>Where the next character will stand.</summary>
    public int Settle()
    {
        if (_breakDue != default && Length > 0)
        {
            Put(_breakDue);
        }
        else if (_isSpaceDue && Length > 0 && _printed[Length - 1] is not ('\n' or '\t' or ' '))
        {
            Put(' ');
        }

        (_breakDue, _isSpaceDue) = (default, false);
        return Length;
    }

    public void SetLooks(Looks looks)
    {
        var current = Looks.Count == 0 ? Pages.Looks.None : Looks[^1].Looks;
        if (looks == current)
        {
            return;
        }

        var start = _breakDue != default || _isSpaceDue ? Settle() : Length;
        if (Looks.Count > 0 && Looks[^1].Start == start)
        {
            Looks.RemoveAt(Looks.Count - 1);
        }

        Looks.Add(new LooksRun(start, looks));
    }

    public void Add(Anchor anchor)
    {
        if (Anchors.Count < MaxAnchors)
        {
            Anchors.Add(anchor);
        }
    }

    public void Write(ReadOnlySpan<char> text, bool isPreformatted)
    {
        var usual = text.IndexOfAnyExceptInRange(' ', '~');
        usual = usual < 0 ? text.Length : usual;
        if (TryWriteUsual(text[..usual]))
        {
            text = text[usual..];
        }

        for (var index = 0; index < text.Length && !IsFull; index++)
        {
            var character = text[index];
            if (character is > ' ' and < '\x7f')
            {
                WritePrinted(character);
            }
            else if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                WritePrinted(Glyph.PrintedPair(character, text[++index]));
            }
            else
            {
                Write(character, isPreformatted);
            }
        }
    }

    /// <summary>Visible ASCII with single spaces goes as it is, in one piece.</summary>
    private bool TryWriteUsual(ReadOnlySpan<char> text)
    {
        var words = text.Trim(' ');
        if (words.IsEmpty || words.IndexOf("  ") >= 0 || Length + words.Length > MaxLength)
        {
            return false;
        }

        _isSpaceDue |= text[0] == ' ';
        Settle();
        while (Length + words.Length > _printed.Length)
        {
            Array.Resize(ref _printed, _printed.Length * 2);
        }

        words.CopyTo(_printed.AsSpan(Length));
        Length += words.Length;
        _isSpaceDue = text[^1] == ' ';
        return true;
    }

    public void Write(char character, bool isPreformatted)
    {
        var printed = Glyph.Printed(character);
        if (printed == '\n' && isPreformatted)
        {
            BreakLine();
        }
        else if (printed is ' ' or '\n')
        {
            _isSpaceDue = true;
        }
        else
        {
            WritePrinted(printed);
        }
    }

    private void WritePrinted(char printed)
    {
        if (printed == Glyph.Dropped)
        {
            return;
        }

        if (_breakDue != default || _isSpaceDue)
        {
            Settle();
        }

        Put(printed);
    }

    private void Put(char character)
    {
        if (Length == _printed.Length)
        {
            Array.Resize(ref _printed, Length * 2);
        }

        _printed[Length++] = character;
    }
}
