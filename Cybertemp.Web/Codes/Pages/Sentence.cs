namespace Cybertemp.Web.Codes.Pages;

/// <summary>The bounds of the sentence around a place of a page, within its line.</summary>
internal static class Sentence
{
    private const int Reach = 240;

    public static int StartOf(Page page, int position)
    {
        var text = page.Text;
        var limit = Math.Max(0, position - Reach);
        for (var index = position; index > limit; index--)
        {
            if (text[index - 1] == '\n' || EndsAt(text, index - 1))
            {
                return index;
            }
        }

        return limit;
    }

    public static int EndOf(Page page, int position)
    {
        var text = page.Text;
        var limit = Math.Min(text.Length, position + Reach);
        for (var index = position; index < limit; index++)
        {
            if (text[index] == '\n' || EndsAt(text, index))
            {
                return index;
            }
        }

        return limit;
    }

    private static bool EndsAt(string text, int index) => text[index] switch
    {
        '。' or '！' or '？' or '।' or '؟' or '|' or '·' or '።' => true,
        '!' or '?' or ';' or '؛' => index + 1 == text.Length || text[index + 1] is ' ' or '\n' or '\t'
            || text[index + 1] > '\u2fff',
        '.' or '…' => IsFullStop(text, index),
        _ => false,
    };

    /// <summary>"No. 5", "tel. 030" and "p. 7" go on; "in 10 min. 5 of you" is rare enough.</summary>
    private static bool IsFullStop(string text, int index)
    {
        const int LongestAbbreviation = 3;
        if (index + 1 < text.Length && text[index + 1] is not (' ' or '\n' or '\t' or '"' or '\''))
        {
            return false;
        }

        if (index + 2 >= text.Length || !char.IsAsciiDigit(text[index + 2]))
        {
            return true;
        }

        var start = index;
        while (start > 0 && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return index - start is 0 or > LongestAbbreviation;
    }
}
