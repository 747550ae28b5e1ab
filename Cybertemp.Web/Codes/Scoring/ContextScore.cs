using System.Numerics;
using Cybertemp.Web.Codes.Numbers;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>What the mail around a number says. Owned by one reading; not thread-safe.</summary>
internal sealed class ContextScore(Page page)
{
    private const Term Kinds = Term.Enter | Term.Auth | Term.Expiry | Term.Secret;
    private const int Near = 260;

    private readonly Term _subject = page.TermsIn(0, page.Lines[0].End);
    private readonly Term _all = page.TermsIn(0, page.End);
    private readonly int _otherUses = page.Terms.Count(static hit => hit.Is(Term.OtherUse));
    private readonly bool _isArticle = page.Terms.Count(static hit => hit.Is(Term.Article)) > 1
        || page.TermsIn(0, page.Lines[0].End).Has(Term.Article);

    private readonly bool _isToSignIn = Subject.IsToSignIn(page);
    private readonly bool _isOfRecord = Subject.IsOfRecord(page);

    public bool HasReplaced { get; private set; }

    public int Of(Number number, Label label)
    {
        var near = page.TermsIn(number.Start - Near, number.End + Near) | _subject;
        var kinds = CodeWeights.OneKindNear * Count(near & Kinds);
        kinds += CodeWeights.OneKindAnywhere * Count(_all & ~near & Kinds);
        var score = label.Place is LabelPlace.None && !LooksScore.IsPresented(page, number) ? kinds / 2 : kinds;
        score += label.Terms.Has(Term.Strong) ? 0 : KindScore();
        score += IsFirst(number, label) ? CodeWeights.CodeFirst : 0;
        score += AgeScore(number) + OtherUseScore(number, label);
        score += _isOfRecord && !IsToAct(number, label) ? CodeWeights.OfRecord : 0;
        score += page.IsReply ? CodeWeights.OfReply : 0;
        return score + (_isArticle ? CodeWeights.Article : 0);
    }

    /// <summary>"Verify with code 4829 to see your order".</summary>
    private bool IsToAct(Number number, Label label) => label.IsTight && label.Terms.Has(Term.Strong | Term.Code)
        && page.TermsIn(Sentence.StartOf(page, number.Start), number.Start).Has(Term.Auth);

    /// <summary>
    /// A code of no known kind needs a mail that speaks of signing in, of secrets, or at least of time.
    /// </summary>
    private int KindScore() => _all switch
    {
        _ when !_all.Has(Kinds | Term.Old | Term.New) => CodeWeights.NoKindAtAll,
        _ when !_all.Has(Term.Auth | Term.Strong | Term.Secret | Term.Old) => CodeWeights.NoAccount,
        _ when !_all.Has(Term.Enter | Term.Expiry | Term.Secret | Term.Strong | Term.Old) => CodeWeights.NoInstruction,
        _ => 0,
    };

    /// <summary>"482913 is your code".</summary>
    private bool IsFirst(Number number, Label label) => label.Place is LabelPlace.After
        && label.Terms.Has(Term.Strong | Term.Code) && Sentence.StartOf(page, number.Start) == number.Start;

    private int AgeScore(Number number)
    {
        const int Reach = 45;
        var start = Sentence.StartOf(page, number.Start);
        var end = Math.Min(Sentence.EndOf(page, number.End), number.End + Reach);
        var before = ClauseBefore(start, number.Start);
        var isOld = (before | ClauseAfter(number.End, end)).Has(Term.Old);
        HasReplaced |= isOld && _all.Has(Term.Strong | Term.Code);
        var score = isOld ? CodeWeights.OldNear : 0;
        score += before.Has(Term.New) ? CodeWeights.NewNear : 0;
        score += before.Has(Term.Compare) ? CodeWeights.CompareNear : 0;
        return score + (before.Has(Term.Sample) ? CodeWeights.SampleNear : 0);
    }

    /// <summary>Terms since the last digit before the number.</summary>
    private Term ClauseBefore(int start, int end)
    {
        var digit = page.Text.AsSpan(start, end - start).LastIndexOfAnyInRange('0', '9');
        return page.TermsIn(start + digit + 1, end);
    }

    /// <summary>
    /// Terms of the clause behind a number; none when another number comes, for they may speak of that.
    /// </summary>
    private Term ClauseAfter(int start, int end) =>
        end <= start || HasOtherNumber(page.Text.AsSpan(start, end - start)) ? Term.None : page.TermsIn(start, end);

    /// <summary>One that may be a code: days, times and years are none.</summary>
    private static bool HasOtherNumber(ReadOnlySpan<char> text)
    {
        for (var index = text.IndexOfAnyInRange('0', '9'); index >= 0; index = text.IndexOfAnyInRange('0', '9'))
        {
            text = text[index..];
            var length = text.IndexOfAnyExceptInRange('0', '9');
            if (length < 0)
            {
                return false;
            }

            if (length > 2 && !TokenShape.IsYear(text[..length]))
            {
                return true;
            }

            text = text[length..];
        }

        return false;
    }

    private int OtherUseScore(Number number, Label label)
    {
        var line = page.LineAt(number.Start);
        var start = page.Lines[Math.Max(line - 2, 0)].Start;
        var end = page.Lines[Math.Min(line + 2, page.Lines.Count - 1)].End;
        var sentence = page.TermsIn(Sentence.StartOf(page, number.Start), Sentence.EndOf(page, number.End));
        var score = sentence.Has(Term.OtherUse) ? CodeWeights.OtherUseInSentence
            : page.TermsIn(start, end).Has(Term.OtherUse) ? CodeWeights.OtherUseNear : 0;
        score += _subject.Has(Term.OtherUse) ? CodeWeights.OtherUseInSubject : 0;
        score += CodeWeights.OtherUseAnywhere * Math.Min(_otherUses, CodeWeights.MostOtherUses);
        var isNamed = label.Terms.Has(Term.Strong | Term.Code) || LooksScore.IsCommanded(page, number);
        score = _isToSignIn && isNamed ? score / 3
            : label.Terms.Has(Term.Strong) ? score / (_subject.Has(Term.OtherUse) ? 2 : 3) : score;
        var named = NamesOtherUse(start, end) ? CodeWeights.OtherUseNamedNear : 0;
        return score + (_isToSignIn && isNamed ? named / 3 : named);
    }

    private bool NamesOtherUse(int start, int end)
    {
        for (var term = page.TermFrom(start); term < page.Terms.Count && page.Terms[term].Start < end; term++)
        {
            if (page.Terms[term].Is(Term.OtherUse) && page.Terms[term].Is(Term.Reference))
            {
                return true;
            }
        }

        return false;
    }

    private static int Count(Term terms) => BitOperations.PopCount((uint)terms);
}
