using System.Buffers;
using Cybertemp.Web.Codes.Pages;

namespace Cybertemp.Web.Codes.Numbers;

/// <summary>
/// Joins what stands in pieces: "731 604", "49 27 15", one digit to a cell, "731 - 604". A longer row of numbers, as of
/// a phone or an account, is no code in whole or in part.
/// </summary>
internal static class GroupJoiner
{
    private const int MinSingles = 4;

    private static readonly SearchValues<char> DigitsAndCapitals =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static List<Number> Join(Page page, List<Number> numbers)
    {
        var joined = new List<Number>(numbers.Count);
        for (var first = 0; first < numbers.Count;)
        {
            var last = first;
            while (last + 1 < numbers.Count && AreNeighbours(page, numbers[last], numbers[last + 1]))
            {
                last++;
            }

            AddRow(page, numbers.GetRange(first, last - first + 1), joined);
            first = last + 1;
        }

        return joined;
    }

    private static bool AreNeighbours(Page page, Number one, Number other)
    {
        var gap = page.Text.AsSpan(one.End, other.Start - one.End);
        var isSingle = one.End - one.Start == 1 && other.End - other.Start == 1;
        var isPiece = one.End - one.Start == other.End - other.Start && one.End - one.Start <= 3;
        return isSingle
            ? gap.Length <= 3 && gap.Trim(" \t\n").IsEmpty && (!gap.Contains('\n') || EndsLine(page, other))
            : gap is " " or " - " || (isPiece && gap is "\t");
    }

    private static bool EndsLine(Page page, Number number) =>
        number.End == page.Text.Length || page.Text[number.End] is '\n' or '\t';

    private static void AddRow(Page page, List<Number> row, List<Number> joined)
    {
        if (row.Count == 1)
        {
            joined.Add(row[0]);
            return;
        }

        var (start, end) = (row[0].Start, row[^1].End);
        var value = ValueOf(page, row);
        if (value is not null)
        {
            var shape = TokenShape.Of(value);
            joined.Add(new Number(start, end, shape, shape is Shape.Other ? "" : value) { IsSpaced = true });
        }
        else if (row.TrueForAll(number => IsDigits(page, number)) && row.Count > 2)
        {
            joined.Add(new Number(start, end, Shape.Other, ""));
        }
        else
        {
            joined.AddRange(row.Select((number, index) => Beside(page, row, number, index)));
        }
    }

    /// <summary>Null when the pieces make no code.</summary>
    private static string? ValueOf(Page page, List<Number> row)
    {
        var length = row[0].End - row[0].Start;
        if (IsUnevenPair(page, row))
        {
            return string.Concat(TextOf(page, row[0]), TextOf(page, row[1]));
        }

        if (row.Exists(number => number.End - number.Start != length || !IsPiece(page, number)))
        {
            return null;
        }

        var (start, end) = (row[0].Start, row[^1].End);
        var text = page.Text.AsSpan(start, end - start).ToString();
        var value = string.Concat(text.Where(static character => character is not (' ' or '\t' or '\n')));
        var isWhole = length == 1 ? row.Count >= MinSingles && !IsCounting(value) : length is >= 2 and <= 4;
        return isWhole && value.Length is >= TokenShape.MinLength and <= TokenShape.MaxLength + 1
            && value.AsSpan().ContainsAnyInRange('0', '9') ? value : null;
    }

    /// <summary>"3350 91" at the end of a line or a sentence.</summary>
    private static bool IsUnevenPair(Page page, List<Number> row)
    {
        if (row.Count != 2
            || !row.TrueForAll(number => IsDigits(page, number) && number.End - number.Start is >= 2 and <= 4))
        {
            return false;
        }

        var (length, end) = (row[0].End - row[0].Start + row[1].End - row[1].Start, row[1].End);
        return length is >= 5 and <= 7 && row[0].End - row[0].Start != row[1].End - row[1].Start
            && (end == page.Text.Length || page.Text[end] is '\n' or '.')
            && !TokenShape.IsYear(TextOf(page, row[1]));
    }

    private static bool IsPiece(Page page, Number number) =>
        !TextOf(page, number).ContainsAnyExcept(DigitsAndCapitals);

    private static ReadOnlySpan<char> TextOf(Page page, Number number) =>
        page.Text.AsSpan(number.Start, number.End - number.Start);

    private static Number Beside(Page page, List<Number> row, Number number, int index) =>
        number with { IsBesideNumber = IsLong(page, row, index - 1) || IsLong(page, row, index + 1) };

    private static bool IsLong(Page page, List<Number> row, int index) =>
        index >= 0 && index < row.Count && row[index].End - row[index].Start > 2 && IsDigits(page, row[index]);

    private static bool IsDigits(Page page, Number number) =>
        !TextOf(page, number).ContainsAnyExceptInRange('0', '9');

    /// <summary>1 2 3 4 5: a scale or a list.</summary>
    private static bool IsCounting(string value)
    {
        for (var index = 1; index < value.Length; index++)
        {
            if (value[index] - value[index - 1] != 1)
            {
                return false;
            }
        }

        return true;
    }
}
