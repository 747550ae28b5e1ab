using Cybertemp.Web.Codes.Numbers;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>
/// Finds the term that names each number. A term names one number: the first behind it, so that in "the code for order
/// 4711 is 0815" each has its own. Owned by one reading; not thread-safe.
/// </summary>
internal sealed class LabelFinder(Page page, IReadOnlyList<Number> numbers)
{
    private const Term Positive = Term.Strong | Term.Code | Term.Figures;
    private const Term Naming = Positive | Term.OtherNumber | Term.Compare | Term.Sample;
    private const int MaxLinesAbove = 4;
    private const int MaxLettersAfter = 30;
    private const int MaxLettersAfterOther = 12;
    private const int MaxLettersBefore = 70;

    private readonly bool _isToSignIn = Subject.IsToSignIn(page);
    private readonly int[] _taken = [.. numbers.Select(static _ => -1)];

    /// <summary>To be called for all numbers in order.</summary>
    public Label Of(int index)
    {
        _taken[index] = -1;
        var number = numbers[index];
        var start = Sentence.StartOf(page, number.Start);
        var label = Heading(number);
        label = label.Place is LabelPlace.None ? Before(index, start) : label;
        if (label.Place is LabelPlace.None || (!label.IsTight && !label.Terms.Has(Positive)))
        {
            var after = After(index);
            label = label.Place is LabelPlace.None || (after.IsTight && after.Terms.Has(Positive)) ? after : label;
        }

        if (label.Place is LabelPlace.None && number.IsCandidate)
        {
            label = Above(number);
            label = label.Place is LabelPlace.None ? Below(index) : label;
        }

        label = OtherNumbers.IsKeyOfNext(page, numbers, index) && !label.IsTight ? Label.None : label;
        var isMereWord = number.Shape is Shape.Letters && !LooksScore.IsPresented(page, number);
        _taken[index] = isMereWord ? -1 : label.TermIndex;
        return label;
    }

    /// <summary>
    /// The nearest name; a name of codes further on wins when words stand between the nearest and the number ("the code
    /// for your order is").
    /// </summary>
    private Label Before(int index, int start)
    {
        var (number, label) = (numbers[index], Label.None);
        for (var term = page.TermFrom(number.Start) - 1; term >= 0 && page.Terms[term].Start >= start; term--)
        {
            var hit = page.Terms[term];
            if (hit.End > number.Start || !hit.Is(Naming) || IsTaken(term, index) || !MayName(hit, number)
                || IsOutside(hit, number))
            {
                continue;
            }

            var terms = hit.Terms | CodeName.AdjectiveOf(page, term);
            var found = new Label(terms, LabelPlace.Before, LettersBetween(hit.End, number.Start), term);
            if (hit.Is(Positive) && !hit.Is(Term.OtherUse))
            {
                return Nearest(label, found);
            }

            if (found.Letters == 0 && !hit.Is(Term.OtherUse) && term > 0 && page.Terms[term - 1] is var head
                && head.Is(Positive) && head.Start >= start && hit.Start - head.End <= 1)
            {
                continue;
            }

            label = label.Place is LabelPlace.None ? found : label;
            if ((label.Letters == 0 && !MayGoOn(hit)) || hit.Is(Term.Compare))
            {
                return label;
            }
        }

        return label;
    }

    /// <summary>
    /// Of the nearest name and the one of a code before it. What has codes of its own takes the number, unless the
    /// words between the two speak of signing in ("the code to sign in and manage bookings").
    /// </summary>
    private Label Nearest(Label label, Label code)
    {
        if (label.Place is LabelPlace.None)
        {
            return code;
        }

        var isOtherUse = page.Terms[label.TermIndex].Is(Term.OtherUse);
        var between = page.TermsIn(page.Terms[code.TermIndex].End, page.Terms[label.TermIndex].Start);
        return isOtherUse ? between.Has(Term.Auth) || _isToSignIn ? code : label
            : code.Letters < MaxLettersBefore ? code : label;
    }

    /// <summary>"... and manage your bookings: 4829", in a mail whose subject speaks of signing in.</summary>
    private bool MayGoOn(TermHit hit) => hit.Is(Term.OtherUse) && _isToSignIn;

    /// <summary>A price or a date does not take the name of a code that follows.</summary>
    private static bool MayName(TermHit hit, Number number) => number.IsCandidate || !hit.Is(Positive);

    /// <summary>
    /// A name does not reach into brackets with words before the number, nor another number's name over a comma.
    /// </summary>
    private bool IsOutside(TermHit hit, Number number)
    {
        var between = page.Text.AsSpan(hit.End, number.Start - hit.End);
        var inside = between[(between.LastIndexOf('(') + 1)..];
        var isBracketed = inside.Length < between.Length && !inside.Contains(')')
            && inside.ContainsAnyInRange('A', char.MaxValue);
        return isBracketed || (hit.Is(Term.Reference) && !hit.Is(Positive) && between.Contains(','));
    }

    private bool IsTaken(int term, int before)
    {
        for (var index = before - 1; index >= 0 && numbers[index].Start > page.Terms[term].Start; index--)
        {
            if (_taken[index] == term && !numbers[index].Value.Equals(numbers[before].Value, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private Label After(int index)
    {
        var number = numbers[index];
        var next = OtherNumbers.StartOfNext(page, numbers, index);
        var end = Math.Min(Sentence.EndOf(page, number.End), next);
        for (var term = page.TermFrom(number.End); term < page.Terms.Count && page.Terms[term].End <= end; term++)
        {
            var hit = page.Terms[term];
            if (hit.Is(Naming))
            {
                var letters = LettersBetween(number.End, hit.Start);
                var isOfNext = next < page.Text.Length && end == next && LettersBetween(hit.End, next) <= 6
                    && letters > 6;
                return isOfNext || !ReachesBack(hit, number, letters) ? Label.None
                    : new Label(hit.Terms, LabelPlace.After, letters, term);
            }
        }

        return Label.None;
    }

    /// <summary>The name of another number reaches back less far, and not to one that is to be typed.</summary>
    private bool ReachesBack(TermHit hit, Number number, int letters)
    {
        const int Adjacent = 3;
        if (hit.Is(Positive))
        {
            return letters <= MaxLettersAfter && (!IsCut(number.End, hit.Start) || IsInBrackets(number.End, hit));
        }

        return letters <= MaxLettersAfterOther && !IsCut(number.End, hit.Start)
            && (letters <= Adjacent || !LooksScore.IsCommanded(page, number));
    }

    /// <summary>A comma or a cell between a number and what follows: no longer said of the number.</summary>
    private bool IsCut(int start, int end) => page.Text.AsSpan(start, end - start).ContainsAny(",，、\t(");

    /// <summary>"4829 (one-time code)".</summary>
    private bool IsInBrackets(int start, TermHit hit) =>
        page.Text.AsSpan(start).TrimStart(' ') is ['(', ..]
        && hit.End < page.Text.Length && page.Text[hit.End] == ')';

    private Label Heading(Number number) =>
        ColumnHead.Of(page, number) is { } head ? Strongest(head, LabelPlace.Above, 1) : Label.None;

    private Label Above(Number number)
    {
        var line = page.LineAt(number.Start);
        if (LettersBetween(page.Lines[line].Start, number.Start) > 12)
        {
            return Label.None;
        }

        for (var above = line - 1; above >= Math.Max(0, line - MaxLinesAbove); above--)
        {
            var label = Strongest(page.Lines[above], LabelPlace.Above, line - above);
            if (label.Place is not LabelPlace.None)
            {
                return label;
            }
        }

        return Label.None;
    }

    private Label Below(int index)
    {
        var line = page.LineAt(numbers[index].Start) + 1;
        var isLast = index + 1 == numbers.Count
            || numbers[index + 1].Start > (line < page.Lines.Count ? page.Lines[line].End : 0);
        return line < page.Lines.Count && isLast ? Strongest(page.Lines[line], LabelPlace.Below, 1) : Label.None;
    }

    /// <summary>
    /// Of a line: what names a code if there is such a term, else the last name that no number of the line took.
    /// </summary>
    private Label Strongest(Line line, LabelPlace place, int distance)
    {
        var label = Label.None;
        for (var term = page.TermFrom(line.Start); term < page.Terms.Count && page.Terms[term].Start < line.End; term++)
        {
            var hit = page.Terms[term];
            if (hit.Is(Naming) && !_taken.AsSpan().Contains(term) && Rank(hit.Terms) >= Rank(label.Terms))
            {
                label = new Label(hit.Terms, place, distance, term);
            }
        }

        return label;
    }

    private int Rank(Term terms) => terms switch
    {
        _ when terms.Has(Term.OtherUse) => _isToSignIn ? 1 : 5,
        _ when terms.Has(Term.Strong) => 4,
        _ when terms.Has(Term.Code) => 3,
        _ when terms.Has(Term.Figures) => 2,
        _ when terms.Has(Naming) => 1,
        _ => 0,
    };

    private int LettersBetween(int start, int end)
    {
        const int MostCounted = 200;
        return Letters.In(page, start, Math.Min(end, start + MostCounted), MostCounted);
    }
}
