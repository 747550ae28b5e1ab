using Cybertemp.Web.Codes.Numbers;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>
/// Adds up what speaks for and against a number being the code of a page. Owned by one reading; not thread-safe.
/// </summary>
internal sealed class CodeScorer(Page page, string from, IReadOnlyList<Number> numbers)
{
    private readonly bool _isOnlyOne = numbers.Count(static number => number.IsCandidate) == 1;
    private readonly TerseMail _terse = new(page, numbers);
    private readonly PaymentCode _payment = new(page);
    private readonly LabelScore _label = new(page);
    private readonly ContextScore _context = new(page);
    private readonly Term _all = page.TermsIn(0, page.End);
    private readonly bool _isToSignIn = Subject.IsToSignIn(page);
    private readonly Term _subject = page.TermsIn(0, page.Lines[0].End);

    /// <summary>Whether one of the numbers scored so far is a code that works no longer.</summary>
    public bool HasReplaced => _context.HasReplaced;

    public int Score(Number number, Label label)
    {
        if (IsForMachines(number))
        {
            return CodeWeights.ForMachines;
        }

        var score = ShapeScore.Of(page, number, label, from);
        score += label.Place is LabelPlace.None ? Unnamed(number) : _label.Of(label);
        score += number.Shape is Shape.Letters && !IsAnnounced(number, label) ? CodeWeights.MereWord : 0;
        score += _terse.ScoreOf(number, label);
        score += _payment.Is(number, label) ? CodeWeights.ApprovesPayment : 0;
        return score <= CodeWeights.Hopeless ? score : score + LooksScore.Of(page, number) + _context.Of(number, label);
    }

    /// <summary>
    /// The last line of a message for browsers ("@example.com #482913") or the first of one for phones ("&lt;#&gt;
    /// 482913").
    /// </summary>
    private bool IsForMachines(Number number)
    {
        var line = page.Lines[page.LineAt(number.Start)];
        var text = page.Text.AsSpan(line.Start, line.Length).Trim();
        var isBound = text is ['@', ..] && text.Count(' ') == 1 && number.Start > 0
            && page.Text[number.Start - 1] == '#';
        return number.Shape is not Shape.Letters && (isBound || text.StartsWith("<#>"));
    }

    private int Unnamed(Number number)
    {
        var terms = LooksScore.IsAlone(page, number) ? _all : _subject;
        var score = terms.Has(Term.Strong | Term.Code | Term.Figures) ? CodeWeights.SpokenOfElsewhere : 0;
        score += IsCommandedToAct(number) ? CodeWeights.CommandedToAct : 0;
        score += LeadsToAct(number) ? CodeWeights.LeadsToAct : 0;
        return score + (IsOnlyOneToSignIn(number) ? CodeWeights.OnlyOneToSignIn : 0);
    }

    /// <summary>"Enter 482913 to verify your address".</summary>
    private bool IsCommandedToAct(Number number) => LooksScore.IsCommanded(page, number)
        && page.TermsIn(Sentence.StartOf(page, number.Start), Sentence.EndOf(page, number.End)).Has(Term.Auth);

    /// <summary>"482913 is what you need to log in. It works for ten minutes."</summary>
    private bool LeadsToAct(Number number) => number.Start > page.Lines[0].End
        && Sentence.StartOf(page, number.Start) == number.Start
        && page.TermsIn(number.End, Sentence.EndOf(page, number.End)).Has(Term.Auth) && _subject.Has(Term.Auth)
        && _all.Has(Term.Expiry | Term.Secret);

    /// <summary>
    /// The one number of a short mail about signing in that limits the time, in a sentence that speaks of it too.
    /// </summary>
    private bool IsOnlyOneToSignIn(Number number) => _isOnlyOne && _isToSignIn && number.Shape is Shape.Digits
        && number.Start > page.Lines[0].End && _all.Has(Term.Expiry)
        && page.TermsIn(Sentence.StartOf(page, number.Start), Sentence.EndOf(page, number.End)).Has(Term.Auth);

    /// <summary>A word is a code only where one is announced; by the subject alone, when it is in two groups.</summary>
    private bool IsAnnounced(Number number, Label label)
    {
        if (!label.Terms.Has(Term.Strong | Term.Code))
        {
            return false;
        }

        var isInGroups = number.Value.Contains('-', StringComparison.Ordinal) && LooksScore.IsAlone(page, number);
        return isInGroups || (page.Terms[label.TermIndex].Start > page.Lines[0].End
            && (label.IsTight || LooksScore.IsIntroduced(page, number)
                || page.LooksAt(number.Start).Has(Looks.Large | Looks.Spaced | Looks.Mono)));
    }
}
