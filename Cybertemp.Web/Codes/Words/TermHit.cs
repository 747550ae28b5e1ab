using System.Runtime.InteropServices;

namespace Cybertemp.Web.Codes.Words;

/// <summary>A word or phrase of the vocabulary in a text.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TermHit(int Start, int End, Term Terms, ulong Languages)
{
    /// <summary>Whether a phrase is the end of this one in another form: "verification code" and "codes".</summary>
    public bool IsContinuedBy(int start, Phrase phrase) =>
        End > start && Is(Term.Strong) && phrase.Terms.Has(Term.Code);

    public bool Is(Term any) => Terms.Has(any);
}
