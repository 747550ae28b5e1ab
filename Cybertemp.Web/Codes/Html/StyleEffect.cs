using Cybertemp.Web.Codes.Pages;

namespace Cybertemp.Web.Codes.Html;

/// <summary>
/// What declarations change. <paramref name="Color"/> and <paramref name="Background"/>: 0xRRGGBB, or -1 when not set.
/// </summary>
internal readonly record struct StyleEffect(Looks Set, Looks Cleared, bool IsInline, int Color, int Background)
{
    public static StyleEffect None { get; } = new(Looks.None, Looks.None, IsInline: false, -1, -1);

    public bool IsNone => this == None;

    /// <summary>The other one's declarations come later and win.</summary>
    public StyleEffect Then(StyleEffect other) => new(
        (Set & ~other.Cleared) | other.Set,
        (Cleared & ~other.Set) | other.Cleared,
        IsInline || other.IsInline,
        other.Color >= 0 ? other.Color : Color,
        other.Background >= 0 ? other.Background : Background);
}
