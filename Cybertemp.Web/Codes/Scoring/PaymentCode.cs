using System.Globalization;
using Cybertemp.Web.Codes.Numbers;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>
/// A code that approves a payment, in a short mail that gives the amount and says no more of what the code is for:
/// "Code 482913 for your transfer of 48.20 EUR". Owned by one reading; not thread-safe.
/// </summary>
internal sealed class PaymentCode
{
    private const int MostLetters = 200;

    private readonly Page _page;
    private readonly bool _isOfPayment;

    public PaymentCode(Page page)
    {
        _page = page;
        var terms = page.TermsIn(0, page.End);
        _isOfPayment = terms.Has(Term.Payment) && (terms.Has(Term.Money) || HasCurrency(page)) && !page.IsReply
            && !page.Terms.Exists(static hit => hit.Is(Term.OtherUse) && hit.Is(Term.Reference))
            && Letters.In(page, 0, page.End, MostLetters) <= MostLetters;
    }

    public bool Is(Number number, Label label) => _isOfPayment && number.Shape is Shape.Digits
        && label.Place is LabelPlace.Before && label.Terms.Has(Term.Code | Term.Strong)
        && !TokenShape.IsYear(number.Value) && IsPlain(_page.Terms[label.TermIndex])
        && Letters.OfOther(_page, _page.Terms[label.TermIndex].End, number.Start) == 0;

    /// <summary>Receipts have an "authorization code" and a "confirmation code".</summary>
    private bool IsPlain(TermHit name) => !CodeName.IsOfThing(_page, name)
        && !_page.Text.AsSpan(name.Start, name.End - name.Start).Contains(' ');

    private static bool HasCurrency(Page page)
    {
        foreach (var character in page.Text.AsSpan(0, page.End))
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.CurrencySymbol)
            {
                return true;
            }
        }

        return false;
    }
}
