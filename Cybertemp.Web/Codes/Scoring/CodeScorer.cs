using Cybertemp.Web.Codes.Numbers;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>
/// Adds up what speaks for and against a number being the code of a page. Owned by one reading; not thread-safe.
/// </summary>
internal sealed class CodeScorer(Page page, string from)
{
    private readonly LabelScore _label = new(page);
    private readonly ContextScore _context = new(page);
    private readonly Term _all = page.TermsIn(0, page.End);
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
        return terms.Has(Term.Strong | Term.Code | Term.Figures) ? CodeWeights.SpokenOfElsewhere : 0;
    }

    /// <summary>A word is a code only where one is announced, and not by the subject alone.</summary>
    private bool IsAnnounced(Number number, Label label) => label.Terms.Has(Term.Strong | Term.Code)
        && page.Terms[label.TermIndex].Start > page.Lines[0].End
        && (label.IsTight || LooksScore.IsIntroduced(page, number)
            || page.LooksAt(number.Start).Has(Looks.Large | Looks.Spaced | Looks.Mono));
}
