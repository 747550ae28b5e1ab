using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>What the first line of a page says of all below it.</summary>
internal static class Subject
{
    private const Term OfAccount = Term.Auth | Term.Strong | Term.Code | Term.Enter | Term.Password;

    /// <summary>
    /// Whether it speaks of signing in or of one-time codes, and of nothing that has numbers or codes of its own.
    /// </summary>
    public static bool IsToSignIn(Page page)
    {
        var terms = page.TermsIn(0, page.Lines[0].End);
        return terms.Has(Term.Auth | Term.Strong) && !terms.Has(Term.OtherUse | Term.Reference | Term.Article);
    }

    /// <summary>Whether it speaks of an order, an invoice or a case, and of no code or account.</summary>
    public static bool IsOfRecord(Page page)
    {
        var terms = page.TermsIn(0, page.Lines[0].End);
        return terms.Has(Term.Reference) && !terms.Has(OfAccount);
    }
}
