using System.Globalization;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Numbers;

/// <summary>Says of the numbers of a page whether it is about more than one.</summary>
internal static class OtherNumbers
{
    /// <summary>Of different ones, without years, times, days and counts.</summary>
    public static int CountLong(Page page, IReadOnlyList<Number> numbers)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        var others = 0;
        foreach (var number in numbers)
        {
            if (number.Shape is Shape.Letters)
            {
                continue;
            }

            if (number.IsCandidate && !TokenShape.IsYear(TextOf(page, number)))
            {
                values.Add(number.Value);
            }
            else
            {
                others += number.End - number.Start > TokenShape.MinLength ? 1 : 0;
            }
        }

        return values.Count + others;
    }

    /// <summary>The "G" of "G-482913", of all.</summary>
    public static int PrefixLetters(IReadOnlyList<Number> numbers)
    {
        var letters = 0;
        foreach (var number in numbers)
        {
            letters += number.Shape is Shape.Dashed ? number.Value.Count(char.IsAsciiLetter) : 0;
        }

        return letters;
    }

    public static bool AreSame(IReadOnlyList<Number> numbers)
    {
        for (var index = 1; index < numbers.Count; index++)
        {
            if (!numbers[index].Value.Equals(numbers[0].Value, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>"Locker 12", "R$ 12": a thing or an amount, not a length of time.</summary>
    public static bool CountsThings(Page page, Number number)
    {
        const int Beside = 2;
        if (number.IsCandidate)
        {
            return false;
        }

        var before = page.Text.AsSpan(0, number.Start);
        before = before[^Math.Min(Beside, before.Length)..];
        var after = page.Text.AsSpan(number.End);
        after = after[..Math.Min(Beside, after.Length)];
        return HasCurrency(before) || HasCurrency(after) || (IsShort(TextOf(page, number))
            && before is [var last, ' '] && char.IsLetter(last)
            && !page.TermsIn(number.End, number.End + Beside).Has(Term.Unit | Term.Expiry));
    }

    /// <summary>Where the next number begins that is not within the name of a code, as in "2FA code".</summary>
    public static int StartOfNext(Page page, IReadOnlyList<Number> numbers, int index)
    {
        for (var next = index + 1; next < numbers.Count; next++)
        {
            var term = page.TermFrom(numbers[next].Start + 1) - 1;
            if (numbers[next].IsCandidate || term < 0 || page.Terms[term].End <= numbers[next].Start
                || !page.Terms[term].Is(Term.Strong | Term.Code | Term.Figures))
            {
                return numbers[next].Start;
            }
        }

        return page.Text.Length;
    }

    /// <summary>"Code for account 4711: 0815".</summary>
    public static bool IsKeyOfNext(Page page, IReadOnlyList<Number> numbers, int index) => index + 1 < numbers.Count
        && numbers[index + 1].Start == numbers[index].End + 2
        && page.Text.AsSpan(numbers[index].End).StartsWith(": ", StringComparison.Ordinal);

    private static ReadOnlySpan<char> TextOf(Page page, Number number) =>
        page.Text.AsSpan(number.Start, number.End - number.Start);

    private static bool IsShort(ReadOnlySpan<char> text) =>
        text.Length < TokenShape.MinLength && !text.ContainsAnyExceptInRange('0', '9');

    private static bool HasCurrency(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.CurrencySymbol)
            {
                return true;
            }
        }

        return false;
    }
}
