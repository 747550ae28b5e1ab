namespace Cybertemp.Web.Codes.Html;

/// <summary>What an element does to the text around and in it.</summary>
[Flags]
internal enum ElementKind
{
    None = 0,
    Block = 1 << 0,
    Cell = 1 << 1,
    Break = 1 << 2,

    /// <summary>Has no end tag.</summary>
    Void = 1 << 3,

    /// <summary>Its content is no markup and not shown.</summary>
    Raw = 1 << 4,

    /// <summary>Its content is not shown.</summary>
    Hidden = 1 << 5,
    Bold = 1 << 6,
    Mono = 1 << 7,
    Struck = 1 << 8,
    Large = 1 << 9,
    Preformatted = 1 << 10,
    Quote = 1 << 11,
    Anchor = 1 << 12,
    Image = 1 << 13,

    /// <summary>Ends where the next of its name begins.</summary>
    ClosesItself = 1 << 14,
    StyleSheet = 1 << 15,
}
