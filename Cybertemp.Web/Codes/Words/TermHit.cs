using System.Runtime.InteropServices;

namespace Cybertemp.Web.Codes.Words;

/// <summary>A word or phrase of the vocabulary in a text.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TermHit(int Start, int End, Term Terms, ulong Languages)
{
    public bool Is(Term any) => Terms.Has(any);
}
