using System.Buffers;
using Cybertemp.Web.Codes.Numbers;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>What the place and the type of a number say: alone on its line, large, behind a colon.</summary>
internal static class LooksScore
{
    private static readonly SearchValues<char> Decoration = SearchValues.Create(" []()*\"'【】「」«»=><-_:`");
    private static readonly SearchValues<char> EndsCommand = SearchValues.Create("\n\t,.;!?(");

    public static int Of(Page page, Number number)
    {
        var looks = page.LooksAt(number.Start);
        if (looks.Has(Looks.Struck | Looks.Quoted))
        {
            return CodeWeights.OldNear;
        }

        var isInSubject = number.Start < page.Lines[0].End;
        var score = IsAlone(page, number) && !isInSubject ? CodeWeights.Alone : 0;
        score += looks.Has(Looks.Large) ? CodeWeights.Large : 0;
        score += looks.Has(Looks.Spaced) || number.IsSpaced ? CodeWeights.Spaced : 0;
        score += looks.Has(Looks.Bold | Looks.Mono) ? CodeWeights.Emphasised : 0;
        score += LeadsSubject(page, number) ? CodeWeights.LeadsSubject : 0;
        score += IsIntroduced(page, number) ? CodeWeights.IntroducedByColon : 0;
        score += IsBehindColon(page, number) ? CodeWeights.BehindColon : 0;
        return score + (IsCommanded(page, number) ? CodeWeights.Commanded : 0);
    }

    /// <summary>Whether anything but the words around it points at the number.</summary>
    public static bool IsPresented(Page page, Number number) => number.IsSpaced || IsAlone(page, number)
        || IsBehindColon(page, number) || IsCommanded(page, number) || LeadsSubject(page, number)
        || page.LooksAt(number.Start).Has(Looks.Large | Looks.Spaced | Looks.Bold | Looks.Mono);

    /// <summary>In its line or cell, but for brackets, quotes and a full stop.</summary>
    public static bool IsAlone(Page page, Number number)
    {
        var (before, after) = (number.Start, number.End);
        while (before > 0 && Decoration.Contains(page.Text[before - 1]))
        {
            before--;
        }

        while (after < page.Text.Length && (Decoration.Contains(page.Text[after]) || page.Text[after] == '.'))
        {
            after++;
        }

        var isSentence = page.Text.AsSpan(number.End).StartsWith(". ");
        return (before == 0 || page.Text[before - 1] is '\n' or '\t')
            && (isSentence || after == page.Text.Length || page.Text[after] is '\n' or '\t');
    }

    /// <summary>Alone, and the line above ends with a colon.</summary>
    public static bool IsIntroduced(Page page, Number number)
    {
        var line = page.LineAt(number.Start);
        return line > 0 && IsAlone(page, number)
            && page.Text.AsSpan(0, page.Lines[line - 1].End).TrimEnd(" \t\n") is [.., ':'];
    }

    /// <summary>"482913 - your login": first in the subject, then a sign.</summary>
    private static bool LeadsSubject(Page page, Number number)
    {
        var rest = page.Text.AsSpan(number.End, Math.Max(page.Lines[0].End - number.End, 0));
        return number.Start == 0 && (rest.StartsWith(" - ") || rest is [':' or '|', ..] || rest.StartsWith(" | "));
    }

    private static bool IsBehindColon(Page page, Number number) =>
        page.Text.AsSpan(0, number.Start) is [.., ':', ' '] or [.., > '\u2e80', ':'];

    /// <summary>
    /// "Enter 482913", "482913を入力": the verb right before the number, or a word between, or right behind it.
    /// </summary>
    public static bool IsCommanded(Page page, Number number) =>
        IsBehindVerb(page, number) || IsBeforeVerb(page, number);

    private static bool IsBeforeVerb(Page page, Number number)
    {
        const int MaxGap = 2;
        var term = page.TermFrom(number.End);
        return term < page.Terms.Count && page.Terms[term].Is(Term.Enter)
            && page.Terms[term].Start - number.End <= MaxGap
            && !page.Text.AsSpan(number.End, page.Terms[term].Start - number.End).ContainsAny(EndsCommand);
    }

    private static bool IsBehindVerb(Page page, Number number)
    {
        const int MaxGap = 32;
        var term = page.TermFrom(number.Start) - 1;
        if (term < 0 || !page.Terms[term].Is(Term.Enter))
        {
            return false;
        }

        var gap = number.Start - page.Terms[term].End;
        return gap is >= 0 and <= MaxGap && !page.Text.AsSpan(page.Terms[term].End, gap).ContainsAny(EndsCommand);
    }
}
