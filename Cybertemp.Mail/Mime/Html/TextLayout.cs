using System.Text;

namespace Cybertemp.Mail.Mime.Html;

/// <summary>Lines of plain text: white space is collapsed, breaks are made when text follows them.</summary>
internal sealed class TextLayout(int maxLength)
{
    private const int MaxNesting = 6;
    private const int MaxDepthCounted = 10_000;
    private const int StackLength = 256;

    private readonly StringBuilder _text = new();
    private readonly List<int> _lists = [];
    private CellDigits _digits;
    private int _cellStart = -1;
    private int _quoteDepth;
    private int _newLines;
    private string _separator = "";
    private string _marker = "";

    public bool IsFull => _text.Length >= maxLength;

    public int Length => _text.Length;

    /// <summary>White space was read that shows only when text follows on the line.</summary>
    public bool NeedsBlank { get; set; }

    public bool IsPreformatted { get; set; }

    /// <summary>
    /// Whether what was written since <paramref name="start"/>, if it is not too long, has a text in it.
    /// </summary>
    public bool HasSince(int start, int maxLengthLooked, ReadOnlySpan<char> text)
    {
        var length = _text.Length - start;
        if (length < text.Length || length > maxLengthLooked)
        {
            return false;
        }

        var written = length <= StackLength ? stackalloc char[StackLength] : new char[length];
        _text.CopyTo(start, written, length);
        return written[..length].Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    public void Write(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && !IsFull)
        {
            var end = IndexOfWhiteSpace(text);
            var word = end < 0 ? text : text[..end];
            WriteWord(word);
            if (end >= 0)
            {
                WriteWhiteSpace(text[end]);
            }

            text = end < 0 ? [] : text[(end + 1)..];
        }
    }

    public void BreakLine(bool isForced = false)
    {
        _newLines = isForced ? Math.Min(_newLines + 1, 2) : Math.Max(_newLines, 1);
        (NeedsBlank, _separator) = (false, "");
    }

    public void BreakParagraph()
    {
        BreakLine();
        _newLines = 2;
    }

    /// <summary>
    /// Cells of one row stand on one line with bars between them. A cell ends where the next one begins.
    /// </summary>
    public void SeparateCell(bool isEnd)
    {
        if (_cellStart >= 0)
        {
            _digits.EndCell(_text, _cellStart);
        }

        _separator = (isEnd || _cellStart >= 0) && _newLines == 0 && _text.Length > 0 ? " | " : _separator;
        _cellStart = isEnd ? -1 : _text.Length;
    }

    /// <summary>Ends the last cell too, when nothing else did.</summary>
    public void EndRow()
    {
        if (_cellStart >= 0)
        {
            SeparateCell(isEnd: true);
        }

        _digits.EndRow();
    }

    public void StartList(bool isOrdered)
    {
        BreakLine();
        _newLines = _lists.Count == 0 ? 2 : _newLines;
        if (_lists.Count < MaxDepthCounted)
        {
            _lists.Add(isOrdered ? 1 : 0);
        }
    }

    public void EndList()
    {
        if (_lists.Count > 0)
        {
            _lists.RemoveAt(_lists.Count - 1);
        }

        BreakLine();
        _newLines = _lists.Count == 0 ? 2 : _newLines;
    }

    public void StartItem(bool isEnd)
    {
        BreakLine();
        var number = _lists.Count > 0 ? _lists[^1] : 0;
        if (!isEnd && number > 0)
        {
            _lists[^1]++;
        }

        _marker = isEnd ? "" : number > 0 ? $"{number}. " : "- ";
    }

    public void Quote(bool isEnd)
    {
        BreakParagraph();
        _quoteDepth = Math.Max(_quoteDepth + (isEnd ? -1 : 1), 0);
    }

    public override string ToString() => _text.ToString();

    private static int IndexOfWhiteSpace(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsWhiteSpace(text[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private void WriteWhiteSpace(char character)
    {
        if (!IsPreformatted)
        {
            NeedsBlank = true;
        }
        else if (character == '\n')
        {
            _newLines = Math.Min(_newLines + 1, 2);
        }
        else if (character != '\r')
        {
            StartText();
            _text.Append(character);
        }
    }

    private void WriteWord(ReadOnlySpan<char> word)
    {
        // Fillers of hidden preview texts: they would only be invisible padding here.
        word = word.Trim("\u00AD\u200B\u200C\u2060\uFEFF\u034F");
        if (word.IsEmpty)
        {
            return;
        }

        StartText();
        _text.Append(word[..Math.Clamp(maxLength - _text.Length, 0, word.Length)]);
    }

    private void StartText()
    {
        if (_newLines > 0 || _text.Length == 0)
        {
            StartLine();
        }
        else if (_separator.Length > 0)
        {
            _text.Append(_separator);
        }
        else if (NeedsBlank)
        {
            _text.Append(' ');
        }

        (_newLines, NeedsBlank, _separator) = (0, false, "");
    }

    private void StartLine()
    {
        _text.Append('\n', _text.Length == 0 ? 0 : _newLines);
        for (var depth = Math.Min(_quoteDepth, MaxNesting); depth > 0; depth--)
        {
            _text.Append("> ");
        }

        var indentation = Math.Min(_lists.Count, MaxNesting) - (_marker.Length > 0 || _lists.Count == 0 ? 1 : 0);
        _text.Append(' ', Math.Max(indentation, 0) * 2);
        _text.Append(_marker);
        _marker = "";
    }
}
