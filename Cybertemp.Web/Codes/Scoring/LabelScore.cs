using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>What the name of a number says, less the further it stands from it.</summary>
internal sealed class LabelScore(Page page)
{
    private const int Whole = 100;

    private readonly bool _isToSignIn = Subject.IsToSignIn(page);

    public int Of(Label label)
    {
        var weight = label.Terms switch
        {
            _ when label.Terms.Has(Term.OtherUse) => CodeWeights.OtherUseLabel,
            _ when label.Terms.Has(Term.Compare) => CodeWeights.OtherLabel,
            _ when label.Terms.Has(Term.Strong) => CodeWeights.StrongLabel,
            _ when label.Terms.Has(Term.Code) && (IsOfAddress(label) || IsOfRecord(label)) => CodeWeights.OtherLabel,
            _ when label.Terms.Has(Term.Code) => CodeWeights.CodeLabel,
            _ when label.Terms.Has(Term.Figures) => CodeWeights.FiguresLabel,
            _ when label.Terms.Has(Term.OtherNumber) => CodeWeights.OtherLabel,
            _ => CodeWeights.SampleNear,
        };
        weight += weight == CodeWeights.CodeLabel && IsOfSomethingElse(label) ? CodeWeights.OfSomethingElse : 0;
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

    /// <summary>"14 Station Road, Leeds, pin code 560001".</summary>
    private bool IsOfAddress(Label label)
    {
        var term = page.Terms[label.TermIndex];
        var start = Sentence.StartOf(page, term.Start);
        var comma = page.Text.AsSpan(start, term.Start - start).LastIndexOf(',');
        return label.IsTight && comma >= 0 && page.TermsIn(start, start + comma).Has(Term.Place);
    }

    /// <summary>"Ticket code": the word before it is the name of another number.</summary>
    private bool IsOfRecord(Label label)
    {
        const Term Others = Term.Reference | Term.Card;
        var before = label.TermIndex - 1;
        return before >= 0 && page.Terms[before].Is(Others) && !page.Terms[before].Is(Term.Strong | Term.Code)
            && page.Terms[before].End == page.Terms[label.TermIndex].Start - 1
            && page.Text[page.Terms[before].End] is ' ' or '-';
    }

    /// <summary>
    /// "Kod klienta: 4829", "Vevőkód: 4829": the name goes on, or begins, with words that do not speak of signing in.
    /// </summary>
    private bool IsOfSomethingElse(Label label)
    {
        if (label.Place is not LabelPlace.Before)
        {
            return false;
        }

        var term = page.Terms[label.TermIndex];
        var start = Sentence.StartOf(page, term.Start);
        var isFirst = page.Text.AsSpan(start, term.Start - start).IsWhiteSpace();
        var isCompound = term.Start > 0 && Glyph.IsSpacedLetter(page.Text[term.Start - 1]);
        return isCompound || IsAcronym(term.End, label.Letters) || (isFirst && !_isToSignIn && GoesOn(term.End));
    }

    /// <summary>"Code OKTMO 45382000": nothing but an unknown word in capitals before the number.</summary>
    private bool IsAcronym(int end, int letters)
    {
        var word = page.Text.AsSpan(end + 1, Math.Min(letters, page.Text.Length - end - 1));
        foreach (var character in word)
        {
            if (!char.IsUpper(character))
            {
                return false;
            }
        }

        return letters is >= 3 and <= 6 && page.TermsIn(end, end + letters + 1) is Term.None;
    }

    /// <summary>Whether words that say nothing stand between the end of a name and a colon.</summary>
    private bool GoesOn(int end)
    {
        const int LongestName = 40;
        const int LeastOther = 2;
        var rest = page.Text.AsSpan(end, Math.Min(LongestName, page.Text.Length - end));
        var colon = rest.IndexOfAny(":\n\t");
        return colon >= 0 && rest[colon] == ':' && page.TermsIn(end, end + colon) is Term.None
            && Letters.OfOther(page, EndOfWord(end), end + colon) >= LeastOther;
    }

    private int EndOfWord(int end)
    {
        while (end < page.Text.Length && Glyph.IsSpacedLetter(page.Text[end]))
        {
            end++;
        }

        return end;
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
