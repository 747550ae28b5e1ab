using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Links;

/// <summary>
/// Chooses the link that acts for the reader of a page: the one with the highest score, the first among equals.
/// </summary>
internal sealed class LinkPicker
{
    private const Term Acting = Term.Action | Term.Auth | Term.Strong | Term.Password;
    private const Term Other = Term.OtherUse | Term.Reference;

    private readonly Page _page;
    private readonly string? _code;
    private readonly Term _subject;

    /// <summary>Nothing but one address stands below the subject.</summary>
    private readonly bool _isWholeBody;

    private LinkPicker(Page page, string? code)
    {
        (_page, _code, _subject) = (page, code, page.TermsIn(0, page.Lines[0].End));
        _isWholeBody = Letters.In(page, page.Lines[0].End, page.End, 1) == 1;
    }

    public static string? Pick(Page page, string? code)
    {
        var picker = new LinkPicker(page, code);
        var (best, highest, count) = (default(string), int.MinValue, 0);
        foreach (var anchor in page.Anchors)
        {
            if (anchor.Start > page.End || picker.Score(anchor) is not (var score and > 0))
            {
                continue;
            }

            count += anchor.Address == best ? 0 : 1;
            (best, highest) = score > highest ? (anchor.Address, score) : (best, highest);
        }

        highest += count == 1 ? LinkWeights.OnlyToken + (picker.SaysThatLinkExpires() ? LinkWeights.Expires : 0) : 0;
        return highest >= LinkWeights.Threshold ? best : null;
    }

    /// <summary>"The link is valid for 24 hours": a page that is there for all never says so.</summary>
    private bool SaysThatLinkExpires()
    {
        if (_subject.Has(Other | Term.Article))
        {
            return false;
        }

        foreach (var line in _page.Lines)
        {
            var terms = _page.TermsIn(line.Start, line.End);
            var isOfLink = terms.Has(Term.Click)
                || _page.Text.AsSpan(line.Start, line.Length).Contains(BodyText.AddressSign);
            if (isOfLink && terms.Has(Term.Expiry) && !terms.Has(Other))
            {
                return true;
            }
        }

        return false;
    }

    private int Score(Anchor anchor)
    {
        if (AddressParts.Of(anchor.Address) is not { } parts || _page.LooksAt(anchor.Start).Has(Looks.Quoted))
        {
            return 0;
        }

        var carriesCode = _code is not null && CarriesCode(anchor.Address);
        if (!parts.HasToken && !carriesCode)
        {
            return 0;
        }

        var score = AddressScore(parts) + WordsScore(anchor) + SentenceScore(anchor) + SubjectScore();
        return score + (carriesCode ? LinkWeights.CarriesCode : 0);
    }

    private bool CarriesCode(string address) =>
        address.Contains(_code!, StringComparison.OrdinalIgnoreCase)
        || address.Contains(_code!.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static int AddressScore(AddressParts parts)
    {
        var terms = parts.Terms();
        var score = terms.Has(Acting) ? LinkWeights.AddressActs : 0;
        score += terms.Has(Term.Refuse) ? LinkWeights.AddressRefuses : 0;
        score += terms.Has(Term.Plain) || (terms.Has(Other) && !terms.Has(Acting)) ? LinkWeights.AddressPlain : 0;
        score += parts.HasNamedToken ? LinkWeights.NamedToken : 0;
        score += parts.HasLongToken ? LinkWeights.LongToken : 0;
        return score + (parts.IsWeb ? 0 : LinkWeights.AppScheme);
    }

    private int WordsScore(Anchor anchor)
    {
        var terms = _page.TermsIn(anchor.Start, anchor.End) | (anchor.Words.Length > 0
            ? Vocabulary.TermsIn(anchor.Words) : Term.None);
        return terms switch
        {
            _ when terms.Has(Term.Refuse) => LinkWeights.WordsRefuse,
            _ when terms.Has(Other) => LinkWeights.WordsOtherUse,
            _ when terms.Has(Term.Action) => terms.Has(Term.Auth) ? LinkWeights.WordsAct : LinkWeights.WordsAgree,
            _ when terms.Has(Term.Plain) => LinkWeights.WordsPlain,
            _ when terms.Has(Term.Password) => LinkWeights.WordsAgree,
            _ when terms.Has(Term.Auth | Term.Enter) => LinkWeights.WordsAct / 2,
            _ => 0,
        };
    }

    /// <summary>
    /// The words before the link in its sentence, and what stands above when nothing does; a question before it is a
    /// condition.
    /// </summary>
    private int SentenceScore(Anchor anchor)
    {
        var start = Sentence.StartOf(_page, anchor.Start);
        var line = _page.LineAt(anchor.Start);
        if (line > 1 && IsBlank(_page.Lines[line].Start, anchor.Start))
        {
            var above = _page.Lines[line - 1];
            start = Sentence.StartOf(_page, Math.Max(above.Start, above.End - 2));
        }

        start = WithQuestion(start);
        var before = _page.TermsIn(start, anchor.Start);
        var after = _page.TermsIn(anchor.End, Sentence.EndOf(_page, anchor.End));
        var score = before.Has(Acting) || after.Has(Term.Action) ? LinkWeights.SentenceActs : 0;
        score += before.Has(Acting) && before.Has(Term.Click) ? LinkWeights.SentenceAsksToClick : 0;
        score += IsBare(anchor) && before.Has(Acting) ? LinkWeights.BareBehindAct : 0;
        var isForSubject = before.Has(Term.Click) && _subject.Has(Term.Action);
        score += IsBare(anchor) && isForSubject ? LinkWeights.ClickForSubject : 0;
        score += IsBare(anchor) && _page.Lines[line].Length == 1 ? LinkWeights.BareAlone : 0;
        score += _isWholeBody && _subject.Has(Acting) ? LinkWeights.BareBody : 0;
        score += before.Has(Term.Refuse) ? LinkWeights.SentenceRefuses : 0;
        score += before.Has(Term.Plain) && !before.Has(Term.Action) ? LinkWeights.SentencePlain : 0;
        return score + ((before | after).Has(Term.OtherUse) ? LinkWeights.SentenceOtherUse : 0);
    }

    /// <summary>"Not you? Lock the account:" is one thought.</summary>
    private int WithQuestion(int start)
    {
        var before = _page.Text.AsSpan(0, start).TrimEnd(" \t");
        return before is [.., '?' or '？' or '؟'] ? Sentence.StartOf(_page, before.Length - 1) : start;
    }

    /// <summary>Shows its address, or nothing but "click here": what it does is said before it.</summary>
    private bool IsBare(Anchor anchor) => _page.Text.AsSpan(anchor.Start,
        anchor.End - anchor.Start) is [BodyText.AddressSign]
        || _page.TermsIn(anchor.Start, anchor.End).Has(Term.Click);

    private bool IsBlank(int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            if (char.IsLetter(_page.Text[index]))
            {
                return false;
            }
        }

        return true;
    }

    private int SubjectScore()
    {
        var score = _subject.Has(Acting) ? LinkWeights.SubjectActs : 0;
        score += _subject.Has(Term.OtherUse) ? LinkWeights.SubjectOtherUse : 0;
        return score + (_subject.Has(Term.Article) && !_subject.Has(Acting) ? LinkWeights.SubjectArticle : 0);
    }
}
