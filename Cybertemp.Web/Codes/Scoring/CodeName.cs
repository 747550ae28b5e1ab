using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>What stands before the name of a code.</summary>
internal static class CodeName
{
    /// <summary>
    /// "Gate code": English and Turkish say before the name what a code is of. A word of the tables ("your"), the
    /// sender's name and another name within a sentence ("your Oakly code") do not say that.
    /// </summary>
    public static bool IsOfThing(Page page, TermHit name)
    {
        var end = name.Start - 1;
        if (!name.Is(Term.Code) || (name.Languages & Vocabulary.ThingFirst) == 0 || end < 1
            || page.Text[end] != ' ' || !char.IsLetter(page.Text[end - 1]))
        {
            return false;
        }

        var start = end;
        while (start > 0 && char.IsLetterOrDigit(page.Text[start - 1]))
        {
            start--;
        }

        return !IsName(page, start, end, name) && !page.IsOfSender(start, end) && !IsKnown(page, end);
    }

    /// <summary>
    /// "Jednorázový kód": <see cref="Term.Strong"/> when what says that it is for once stands right before the name.
    /// </summary>
    public static Term AdjectiveOf(Page page, int term)
    {
        const int LongestEnding = 4;
        if (term == 0 || !page.Terms[term].Is(Term.Code) || !page.Terms[term - 1].Is(Term.Strong))
        {
            return Term.None;
        }

        var (start, end) = (page.Terms[term - 1].End, page.Terms[term].Start);
        var between = page.Text.AsSpan(start, Math.Max(end - start, 0));
        return between.Length <= LongestEnding && between is [.., ' '] && between.Count(' ') == 1 ? Term.Strong
            : Term.None;
    }

    /// <summary>With a capital, and not because a sentence begins there ("SMS from Oakly: Oakly code 4829").</summary>
    private static bool IsName(Page page, int start, int end, TermHit name)
    {
        if (!char.IsUpper(page.Text[start]) || !char.IsLower(page.Text[name.Start]))
        {
            return false;
        }

        var word = page.Text.AsSpan(start, end - start);
        var inSubject = page.Text.AsSpan(0, page.Lines[0].End).IndexOf(word);
        return Sentence.StartOf(page, start) < start
            || (inSubject > 1 && inSubject < start && char.IsLower(page.Text[inSubject - 2]));
    }

    private static bool IsKnown(Page page, int end)
    {
        var term = page.TermFrom(end) - 1;
        return term >= 0 && page.Terms[term].End == end;
    }
}
