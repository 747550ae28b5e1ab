using Cybertemp.Web.Codes.Numbers;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>What the form of a number and the signs beside it say.</summary>
internal static class ShapeScore
{
    public static int Of(Page page, Number number, Label label, string from)
    {
        var score = number.Shape switch
        {
            Shape.Digits => DigitsScore(number, label),
            Shape.Mixed => MixedScore(number.Value),
            Shape.Dashed => DashedScore(number.Value, label),
            Shape.Letters => LettersScore(number),
            Shape.Other => 0,
        };
        score += number.IsBesideNumber ? CodeWeights.BesideNumber : 0;
        score += label.Place is LabelPlace.None && IsBeforeName(page, number) ? CodeWeights.BeforeName : 0;
        score += IsBeforeColon(page, number) && label.Place is LabelPlace.Before ? CodeWeights.NamesWhatFollows : 0;
        score += IsBehindHash(page, number) ? CodeWeights.Hash : 0;
        score += IsBeforeUnit(page, number) || IsBehindMoney(page, number) ? CodeWeights.UnitBehind : 0;
        return score + (from.Contains(number.Value, StringComparison.OrdinalIgnoreCase) ? CodeWeights.OfSender : 0);
    }

    private static int DigitsScore(Number number, Label label)
    {
        var value = number.Value;
        var isNamed = label.IsTight && label.Terms.Has(Term.Strong | Term.Code);
        var score = value.Length switch
        {
            6 => CodeWeights.UsualLength,
            4 or 5 or 7 or 8 => CodeWeights.OtherLength,
            _ => CodeWeights.LongDigits,
        };
        score += TokenShape.IsYear(value) && !isNamed && !number.IsSpaced ? CodeWeights.Year : 0;
        score += value.EndsWith("000", StringComparison.Ordinal) && !isNamed ? CodeWeights.Round : 0;
        score += IsDate(value) ? CodeWeights.DateLike : 0;
        var mayBeAmountOrPhone = number.IsSpaced
            && (value.Length > 7 || value.EndsWith("00", StringComparison.Ordinal));
        return score + (mayBeAmountOrPhone && label.Place is LabelPlace.None ? CodeWeights.SpacedInText : 0);
    }

    /// <summary>20260131.</summary>
    private static bool IsDate(string value) => value.Length == 8 && TokenShape.IsYear(value.AsSpan(0, 4))
        && string.CompareOrdinal(value, 4, "12", 0, 2) <= 0 && string.CompareOrdinal(value, 6, "31", 0, 2) <= 0;

    private static int MixedScore(string value)
    {
        var letters = value.AsSpan().IndexOfAnyInRange('0', '9');
        var isWordWithNumber = letters >= 4 && !value.AsSpan(letters).ContainsAnyExceptInRange('0', '9')
            && value.Length - letters <= 3;
        var score = value.Length is >= 5 and <= 8 ? CodeWeights.OtherLength : 0;
        score += value.AsSpan().ContainsAnyInRange('a', 'z') ? CodeWeights.LowerCase : 0;
        return score + (isWordWithNumber ? CodeWeights.Promotional : 0);
    }

    private static int DashedScore(string value, Label label)
    {
        var (dash, isUneven) = (value.IndexOf('-', StringComparison.Ordinal), value.Length % 2 == 0);
        var mayBePhone = isUneven && value.AsSpan().Count('-') == 1 && !value.AsSpan().ContainsAnyInRange('A', 'z')
            && !(label.IsTight && label.Terms.Has(Term.Strong | Term.Code));
        return TokenShape.IsYear(value.AsSpan(0, dash)) ? CodeWeights.Year : mayBePhone ? CodeWeights.PhoneLike
            : CodeWeights.OtherLength;
    }

    /// <summary>A word of the vocabulary on a line of its own is a heading or a button.</summary>
    private static int LettersScore(Number number)
    {
        var vowels = number.Value.Count("aeiouyAEIOUY".Contains);
        return Vocabulary.TermsIn(number.Value) is not Term.None ? 4 * CodeWeights.Letters
            : CodeWeights.Letters + (vowels * 10 >= number.Value.Length * 3 ? CodeWeights.Pronounceable : 0);
    }

    /// <summary>"1200 Harbour Row", "83471 Berchtesgaden".</summary>
    private static bool IsBeforeName(Page page, Number number) => number.End + 1 < page.Text.Length
        && page.Text[number.End] == ' ' && char.IsUpper(page.Text[number.End + 1]);

    /// <summary>"Code 4012: wrong password".</summary>
    private static bool IsBeforeColon(Page page, Number number) =>
        page.Text.AsSpan(number.End).StartsWith(": ");

    private static bool IsBehindHash(Page page, Number number) =>
        number.Start > 0 && page.Text[number.Start - 1] is '#' or '№';

    private static bool IsBehindMoney(Page page, Number number)
    {
        var term = page.TermFrom(number.Start) - 1;
        return term >= 0 && page.Terms[term].Is(Term.Money) && !page.Terms[term].Is(Term.Strong | Term.Code)
            && number.Start - page.Terms[term].End is 0 or 1
            && page.Text[number.Start - 1] is not ('\n' or '\t');
    }

    private static bool IsBeforeUnit(Page page, Number number)
    {
        var term = page.TermFrom(number.End);
        return term < page.Terms.Count && page.Terms[term].Is(Term.Unit | Term.Money)
            && page.Terms[term].Start - number.End <= 1
            && !page.Text.AsSpan(number.End, page.Terms[term].Start - number.End).ContainsAny("\n\t");
    }
}
