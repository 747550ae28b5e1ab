namespace Cybertemp.Web.Codes.Words;

internal static class TermSets
{
    public static bool Has(this Term terms, Term any) => (terms & any) != Term.None;
}
