using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Pages;

/// <summary>
/// The words of a sender's name and address. One that only begins like a word of the vocabulary, as "Ticketry" does,
/// says nothing about numbers or links.
/// </summary>
internal sealed class SenderName
{
    private const int MaxWords = 12;
    private const int MaxLength = 250;
    private const int LongestRest = 30;
    private const int ShortestRest = 2;
    private const char FirstOfGlued = '\u2e80';

    private readonly List<string> _words = [];

    public SenderName(string from)
    {
        var text = from.AsSpan(0, Math.Min(from.Length, MaxLength));
        for (var index = 0; index < text.Length && _words.Count < MaxWords;)
        {
            var end = EndOfWord(text, index);
            if (end - index > (text[index] < FirstOfGlued ? ShortestRest : 1))
            {
                _words.Add(Glyph.Fold(text[index..end].ToString()));
            }

            index = end + 1;
        }
    }

    /// <summary>
    /// Whether a term is the beginning of a longer word that is a word of the name, or is that word before what the
    /// sender says.
    /// </summary>
    public bool Has(ReadOnlySpan<char> folded, TermHit hit)
    {
        var end = EndOfWord(folded[..Math.Min(folded.Length, hit.End + LongestRest)], hit.End);
        return (end - hit.End >= ShortestRest || IsSpeaker(folded, hit.Start, end)) && HasWord(folded[hit.Start..end]);
    }

    /// <summary>"Ticket: your code is 4829": first, with a colon and words behind it.</summary>
    private static bool IsSpeaker(ReadOnlySpan<char> folded, int start, int end) =>
        (start == 0 || folded[start - 1] is ' ' or '[') && folded[end..] is [':' or ']', ' ', var next, ..]
        && char.IsLetter(next);

    /// <summary>Whether a folded word is one of the name's.</summary>
    public bool HasWord(ReadOnlySpan<char> folded)
    {
        foreach (var word in _words)
        {
            if (folded.SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && char.IsLetterOrDigit(text[index]))
        {
            index++;
        }

        return index;
    }
}
