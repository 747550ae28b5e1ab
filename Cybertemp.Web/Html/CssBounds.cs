namespace Cybertemp.Web.Html;

/// <summary>What of CSS is given to its parser: no more, and no deeper, than a mail needs.</summary>
internal static class CssBounds
{
    /// <summary>Characters of one style attribute.</summary>
    private const int MaxInline = 4096;

    private const int MaxDepth = 8;

    /// <summary>
    /// Null when it is too long or too deep, or writes letters as escapes, which mail does only to hide them.
    /// </summary>
    /// <param name="keepsImages">False leaves out every declaration that names an address.</param>
    public static string? Inline(ReadOnlySpan<char> style, bool keepsImages)
    {
        if (style.Length > MaxInline || style.Contains('\\') || !IsShallow(style))
        {
            return null;
        }

        return keepsImages || !style.Contains("url", StringComparison.OrdinalIgnoreCase)
            ? style.ToString()
            : string.Join(';', style.ToString().Split(';').Where(
                static d => !d.Contains("url", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Without what ends a style element; empty when it is too deep.</summary>
    public static string Sheet(ReadOnlySpan<char> sheet) => IsShallow(sheet)
        ? sheet.ToString().Replace("<!--", "", StringComparison.Ordinal).Replace("-->", "", StringComparison.Ordinal)
            .Replace("<", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)
        : "";

    private static bool IsShallow(ReadOnlySpan<char> css)
    {
        var depth = 0;
        foreach (var letter in css)
        {
            depth += letter switch
            {
                '(' or '[' or '{' => 1,
                ')' or ']' or '}' => depth > 0 ? -1 : 0,
                _ => 0,
            };
            if (depth > MaxDepth)
            {
                return false;
            }
        }

        return true;
    }
}
