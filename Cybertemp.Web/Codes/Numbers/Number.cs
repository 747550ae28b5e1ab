namespace Cybertemp.Web.Codes.Numbers;

/// <summary>
/// A number on a page, or a word that may be a code. <paramref name="Value"/>: in normal form; "" when it is no code by
/// its form.
/// </summary>
internal sealed record Number(int Start, int End, Shape Shape, string Value)
{
    /// <summary>Printed in pieces: spaces or cells between its characters.</summary>
    public bool IsSpaced { get; init; }

    /// <summary>Another one of three digits or more stands next to it, as in a phone number.</summary>
    public bool IsBesideNumber { get; init; }

    public bool IsCandidate => Shape is not Shape.Other;
}
