namespace Cybertemp.Mail.Mime;

/// <summary>Text as PostgreSQL and jsonb can hold it: no NUL, no lone surrogate, and not without bounds.</summary>
internal static class StoredText
{
    /// <summary>Ends a text that was cut.</summary>
    public const string CutMarker = " [… cut]";

    private const char Replacement = '\uFFFD';

    /// <summary>At most <paramref name="maxLength"/> UTF-16 units and the marker.</summary>
    public static string Clean(string? text, int maxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (text.Length > maxLength)
        {
            var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
            text = string.Concat(text.AsSpan(0, end), CutMarker);
        }

        return text.Contains('\0', StringComparison.Ordinal) || HasLoneSurrogate(text)
            ? string.Create(text.Length, text, Replace)
            : text;
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var index and >= 0)
        {
            if (!IsPair(text, index))
            {
                return true;
            }

            text = text[(index + 2)..];
        }

        return false;
    }

    private static void Replace(Span<char> cleaned, string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            cleaned[index] = text[index] == '\0' || char.IsSurrogate(text[index]) ? Replacement : text[index];
            if (IsPair(text, index))
            {
                cleaned[index] = text[index];
                cleaned[index + 1] = text[++index];
            }
        }
    }

    private static bool IsPair(ReadOnlySpan<char> text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
