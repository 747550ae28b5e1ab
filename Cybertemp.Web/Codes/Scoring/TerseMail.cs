using Cybertemp.Web.Codes.Numbers;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>
/// What speaks for a number where the mail says nothing else: that it is a code ("Your Oakly code is 482913"), or not
/// even that ("Oakly: 482913"). Owned by one reading; not thread-safe.
/// </summary>
internal sealed class TerseMail
{
    private const int MostLetters = 110;
    private const int MostLettersBetween = 5;
    private const int MostLinesBetween = 2;
    private const int MostLongNumbers = 2;
    private const int ShortestSure = 3;
    private const Term SaysMore = Term.OtherUse | Term.OtherNumber | Term.Money | Term.Compare | Term.Sample | Term.Old
        | Term.Article;

    private readonly Page _page;
    private readonly bool _isTerse;
    private readonly bool _isBare;
    private readonly bool _isOnlyValue;
    private readonly bool _isToSignIn;
    private readonly bool _isLimited;

    public TerseMail(Page page, IReadOnlyList<Number> numbers)
    {
        _page = page;
        var letters = Letters.In(page, 0, page.End, MostLetters);
        var terms = page.TermsIn(0, page.End);
        var hasQuote = page.IsReply && page.End < page.Text.Length;
        var longNumbers = OtherNumbers.CountLong(page, numbers);
        _isTerse = letters <= MostLetters && !hasQuote && longNumbers <= MostLongNumbers
            && !page.Terms.Exists(static hit => IsOfOther(hit))
            && !numbers.Any(number => OtherNumbers.CountsThings(page, number))
            && !page.Terms.Exists(name => CodeName.IsOfThing(page, name));
        _isBare = letters == OtherNumbers.PrefixLetters(numbers) && OtherNumbers.AreSame(numbers);
        _isOnlyValue = longNumbers == 1;
        _isToSignIn = Subject.IsToSignIn(page);
        _isLimited = terms.Has(Term.Expiry | Term.Secret);
    }

    public int ScoreOf(Number number, Label label) => number.Shape switch
    {
        Shape.Letters or Shape.Other => 0,
        _ when !_isTerse => 0,
        _ when _isBare => CodeWeights.Bare,
        _ when Names(label, number) => CodeWeights.NamedInFewWords,
        _ when !_isOnlyValue || label.Place is LabelPlace.Before or LabelPlace.After => 0,
        _ when _isLimited && IsFirst(number) => CodeWeights.FirstInFewWords,
        _ when label.Place is LabelPlace.None && IsPresentedToSignIn(number) => CodeWeights.PresentedInFewWords,
        _ => 0,
    };

    /// <summary>The shortest words are of another language as often as not; a year is of no matter.</summary>
    private static bool IsOfOther(TermHit hit) => hit.Is(SaysMore)
        && (hit.Is(Term.Money) || (hit.End - hit.Start > ShortestSure && !hit.Is(Term.Unit)));

    private bool Names(Label label, Number number)
    {
        var isNamed = label.Terms.Has(Term.Code) && !label.Terms.Has(Term.Strong);
        var isNamedInReply = label.Terms.Has(Term.Strong) && _page.IsReply;
        if ((!isNamed && !isNamedInReply) || TokenShape.IsYear(number.Value)
            || (label.Terms.Has(Term.Password) && number.Shape is not Shape.Digits))
        {
            return false;
        }

        var term = _page.Terms[label.TermIndex];
        return label.Place switch
        {
            LabelPlace.Before => Letters.OfOther(_page, term.End, number.Start) <= MostLettersBetween,
            LabelPlace.After => Letters.OfOther(_page, number.End, term.Start) <= MostLettersBetween,
            _ => label.Letters <= MostLinesBetween && IsAlone(number),
        };
    }

    /// <summary>In its line, but for the sender's name.</summary>
    private bool IsAlone(Number number)
    {
        var line = _page.Lines[_page.LineAt(number.Start)];
        return Letters.In(_page, line.Start, number.Start, 0) == 0 && Letters.In(_page, number.End, line.End, 0) == 0;
    }

    /// <summary>"482913 (valid for 10 minutes)", "[Oakly] 482913, valid for 10 minutes".</summary>
    private bool IsFirst(Number number)
    {
        var line = _page.Lines[_page.LineAt(number.Start)];
        var rest = _page.Text.AsSpan(number.End, line.End - number.End).TrimStart(' ');
        return number.Shape is Shape.Digits && Letters.In(_page, line.Start, number.Start, 0) == 0
            && (rest.IsEmpty || char.IsPunctuation(rest[0]));
    }

    /// <summary>"Enter 482913"; or the number alone, below a subject that speaks of signing in.</summary>
    private bool IsPresentedToSignIn(Number number) => _isToSignIn
        ? LooksScore.IsPresented(_page, number)
        : LooksScore.IsCommanded(_page, number);
}
