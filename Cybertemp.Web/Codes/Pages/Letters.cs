using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Pages;

/// <summary>Counts what a page says beside its sender's name, which says nothing of a number.</summary>
internal static class Letters
{
    /// <summary>
    /// Of a range, those of the sender's name left out; counting ends soon after <paramref name="most"/>.
    /// </summary>
    public static int In(Page page, int start, int end, int most)
    {
        var letters = 0;
        for (var index = start; index < end && letters <= most;)
        {
            if (!char.IsLetterOrDigit(page.Text[index]))
            {
                letters += page.Text[index] == BodyText.AddressSign ? 1 : 0;
                index++;
                continue;
            }

            var word = index;
            for (; index < end && char.IsLetterOrDigit(page.Text[index]); index++)
            {
                letters += char.IsLetter(page.Text[index]) ? 1 : 0;
            }

            letters -= page.IsOfSender(word, index) ? LettersOf(page.Text.AsSpan(word, index - word)) : 0;
        }

        return letters;
    }

    /// <summary>Of a range, less the words of the tables that only belong to a name ("your", "is").</summary>
    public static int OfOther(Page page, int start, int end)
    {
        var letters = In(page, start, end, int.MaxValue);
        for (var term = Math.Max(page.TermFrom(start) - 1, 0); term < page.Terms.Count; term++)
        {
            var hit = page.Terms[term];
            if (hit.End > end)
            {
                break;
            }

            var first = Math.Max(hit.Start, start);
            letters -= hit.Terms is Term.None && hit.End > first
                ? LettersOf(page.Text.AsSpan(first, hit.End - first)) : 0;
        }

        return letters;
    }

    private static int LettersOf(ReadOnlySpan<char> word)
    {
        var letters = 0;
        foreach (var character in word)
        {
            letters += char.IsLetter(character) ? 1 : 0;
        }

        return letters;
    }
}
