namespace Cybertemp.Web.Codes.Pages;

/// <summary>How a piece of a page looks, as far as it makes a code stand out or disappear.</summary>
[Flags]
internal enum Looks
{
    None = 0,
    Large = 1 << 0,

    /// <summary>Space between its letters.</summary>
    Spaced = 1 << 1,
    Bold = 1 << 2,
    Mono = 1 << 3,

    Struck = 1 << 4,
    Hidden = 1 << 5,

    /// <summary>Too small to be seen, unless an element within has a size of its own.</summary>
    Tiny = 1 << 6,

    /// <summary>Marked as quoted from another mail.</summary>
    Quoted = 1 << 7,
    Preformatted = 1 << 8,

    Unseen = Hidden | Tiny,
}
