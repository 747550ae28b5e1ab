using System.Buffers;

namespace Cybertemp.SmtpReceiver.Mime;

/// <summary>Text as PostgreSQL and jsonb can hold it: no NUL, no lone surrogate, and not without bounds.</summary>
internal static class StoredText
{
    /// <summary>Ends a text that was cut.</summary>
    public const string CutMarker = "\n[… cut]";

    private static readonly SearchValues<char> Suspects =
        SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Append(0).Select(unit => (char)unit)]);

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
            return string.Concat(Clean(text[..end], maxLength), CutMarker);
        }

        var bad = IndexOfBad(text, 0);
        return bad < 0 ? text : string.Create(text.Length, (text, bad), static (cleaned, state) => Replace(cleaned, state.text, state.bad));
    }

    private static void Replace(Span<char> cleaned, string text, int bad)
    {
        text.CopyTo(cleaned);
        for (; bad >= 0; bad = IndexOfBad(text, bad + 1))
        {
            cleaned[bad] = Replacement;
        }
    }

    private static int IndexOfBad(string text, int start)
    {
        for (var index = start; index < text.Length; index++)
        {
            var next = text.AsSpan(index).IndexOfAny(Suspects);
            if (next < 0)
            {
                return -1;
            }

            index += next;
            if (text[index] == '\0' || !IsPair(text, index))
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    private static bool IsPair(string text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
