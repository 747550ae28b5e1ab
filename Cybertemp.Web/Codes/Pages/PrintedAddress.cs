namespace Cybertemp.Web.Codes.Pages;

/// <summary>
/// Finds addresses that a text prints, without the brackets and full stops around them (RFC 3986 appendix C).
/// </summary>
internal static class PrintedAddress
{
    private const int MaxSchemeLength = 24;

    /// <summary>The first address at or behind <paramref name="from"/>; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, int from, out Range address)
    {
        for (var index = text[from..].IndexOf("://"); index >= 0; index = text[from..].IndexOf("://"))
        {
            var separator = from + index;
            var start = SchemeStart(text, separator, from);
            var end = EndOf(text, separator + 3);
            if (start < separator && end > separator + 3)
            {
                address = start..end;
                return true;
            }

            from = separator + 3;
        }

        address = default;
        return false;
    }

    private static int SchemeStart(ReadOnlySpan<char> text, int separator, int from)
    {
        var start = separator;
        while (start > from && separator - start < MaxSchemeLength
            && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '-' or '.'))
        {
            start--;
        }

        while (start < separator && !char.IsAsciiLetter(text[start]))
        {
            start++;
        }

        return start;
    }

    private static int EndOf(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && IsOfAddress(text[end]))
        {
            end++;
        }

        while (end > start && IsAround(text[start..end]))
        {
            end--;
        }

        return end;
    }

    private static bool IsOfAddress(char character) => character < '\x7f'
        ? character > ' ' && character is not ('<' or '>' or '"' or '`' or '|' or '\\' or '^' or '{' or '}')
        : character is > '\u00bf' and < '\u0590' && char.IsLetter(character);

    private static bool IsAround(ReadOnlySpan<char> address) => address[^1] switch
    {
        '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' => true,
        ')' => address.Count(')') > address.Count('('),
        ']' => address.Count(']') > address.Count('['),
        _ => false,
    };
}
