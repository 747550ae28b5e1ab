using System.Text;

namespace Cybertemp.Mail.Mime.Html;

/// <summary>
/// Digits that stand in cells of their own, as codes often do: three and more in a row are one number.
/// </summary>
internal struct CellDigits
{
    private const int MinDigits = 3;
    private const int MaxBetween = 8;

    private int _count;
    private int _start;
    private int _end;
    private char _first;
    private char _second;

    public void EndRow() => _count = 0;

    /// <summary>Joins the digit to those before it when the cell holds nothing else.</summary>
    /// <param name="text">Ends with what the cell holds.</param>
    /// <param name="cellStart">How long it was before.</param>
    public void EndCell(StringBuilder text, int cellStart)
    {
        var position = text.Length - 1;
        if (position < cellStart)
        {
            return;
        }

        if (!char.IsAsciiDigit(text[position]) || !IsEmpty(text, cellStart, position))
        {
            _count = 0;
            return;
        }

        _count = _count > 0 && IsEmpty(text, _end, position) ? _count + 1 : 1;
        Take(text, text[position], position);
        _end = text.Length;
    }

    private void Take(StringBuilder text, char digit, int position)
    {
        switch (_count)
        {
            case 1:
                (_start, _first) = (position, digit);
                break;
            case 2:
                _second = digit;
                break;
            case MinDigits:
                text.Length = _start;
                text.Append(_first).Append(_second).Append(digit);
                break;
            default:
                text.Length = _end;
                text.Append(digit);
                break;
        }
    }

    private static bool IsEmpty(StringBuilder text, int start, int end)
    {
        var isEmpty = end - start <= MaxBetween;
        for (var index = start; isEmpty && index < end; index++)
        {
            isEmpty = text[index] is ' ' or '\n' or '|' or '>';
        }

        return isEmpty;
    }
}
