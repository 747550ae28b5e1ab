using System.Runtime.InteropServices;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>The term that names a number. <paramref name="Letters"/>: between the two.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Label(Term Terms, LabelPlace Place, int Letters, int TermIndex)
{
    public static Label None { get; } = new(Term.None, LabelPlace.None, 0, -1);

    /// <summary>"Code: 4829", "code is 4829".</summary>
    public bool IsTight => Place is LabelPlace.Before or LabelPlace.After && Letters <= 6;
}
