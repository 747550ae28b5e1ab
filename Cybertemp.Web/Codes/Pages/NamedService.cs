using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Pages;

/// <summary>
/// A name between "your" and "code" in mail of another sender, as in a text message that was passed on: "your Courierly
/// code". That it begins like a word of the vocabulary says nothing.
/// </summary>
internal static class NamedService
{
    private const int ShortestRest = 2;

    /// <summary>Takes such words out of the terms of a page.</summary>
    public static void Remove(string text, List<TermHit> terms)
    {
        var kept = 0;
        for (var index = 0; index < terms.Count; index++)
        {
            var isName = index + 1 < terms.Count && IsName(text, terms[index], terms[index + 1]);
            terms[kept] = terms[index];
            kept += isName ? 0 : 1;
        }

        terms.RemoveRange(kept, terms.Count - kept);
    }

    private static bool IsName(string text, TermHit hit, TermHit next)
    {
        var end = next.Start - 1;
        return next.Is(Term.Code | Term.Strong) && end - hit.End >= ShortestRest && char.IsLower(text[next.Start])
            && text[end] == ' ' && char.IsUpper(text[hit.Start]) && IsBehindWord(text, hit.Start)
            && IsOneWord(text.AsSpan(hit.End, end - hit.End));
    }

    private static bool IsBehindWord(string text, int start) =>
        start > 1 && text[start - 1] == ' ' && char.IsLower(text[start - 2]);

    private static bool IsOneWord(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsLetterOrDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
