using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>What the name of a number says, less the further it stands from it.</summary>
internal sealed class LabelScore(Page page)
{
    private const int Whole = 100;

    public int Of(Label label)
    {
        var weight = label.Terms switch
        {
            _ when label.Terms.Has(Term.OtherUse) => CodeWeights.OtherUseLabel,
            _ when label.Terms.Has(Term.Compare) => CodeWeights.OtherLabel,
            _ when label.Terms.Has(Term.Strong) => CodeWeights.StrongLabel,
            _ when label.Terms.Has(Term.Code) => CodeWeights.CodeLabel,
            _ when label.Terms.Has(Term.Figures) => CodeWeights.FiguresLabel,
            _ when label.Terms.Has(Term.OtherNumber) => CodeWeights.OtherLabel,
            _ => CodeWeights.SampleNear,
        };
        return weight * (weight < 0 ? PercentAgainst(label) : PercentFor(label)) / Whole;
    }

    private int PercentFor(Label label) => label.Place switch
    {
        LabelPlace.Above => 105 - (10 * label.Letters),
        LabelPlace.Below => 75,
        LabelPlace.None => 0,
        LabelPlace.Before or LabelPlace.After => IsNext(label) ? Whole : label.Letters < CodeWeights.FarLetters ? 85
            : 60,
    };

    private int PercentAgainst(Label label) => label.Place switch
    {
        LabelPlace.Above => PercentOfLine(label),
        LabelPlace.Below => 75,
        LabelPlace.None => 0,
        LabelPlace.Before or LabelPlace.After => IsNext(label) ? Whole : label.Letters < CodeWeights.FarLetters ? 55
            : 20,
    };

    /// <summary>A heading over a number names it; a sentence that happens to speak of an order does not.</summary>
    private int PercentOfLine(Label label)
    {
        const int LongestHeading = 32;
        var line = page.Lines[page.LineAt(page.Terms[label.TermIndex].Start)];
        var terms = page.TermsIn(line.Start, line.End);
        var isHeading = label.Letters == 1 && line.Length <= LongestHeading
            && !terms.Has(Term.Strong | Term.Code | Term.Enter | Term.Auth);
        return isHeading ? Whole : label.Terms.Has(Term.OtherUse) ? 60 : 15;
    }

    private bool IsNext(Label label) => label.IsTight || (label.Place is LabelPlace.Before && EndsWithColon(label));

    private bool EndsWithColon(Label label)
    {
        const int Reach = 40;
        const int MostLetters = 30;
        var end = page.Terms[label.TermIndex].End;
        var colon = page.Text.AsSpan(end, Math.Min(Reach, page.Text.Length - end)).IndexOf(':');
        return colon >= 0 && label.Letters < MostLetters && !page.Text.AsSpan(end, colon).ContainsAny('\n', '.');
    }
}
