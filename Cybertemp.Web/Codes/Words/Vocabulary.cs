namespace Cybertemp.Web.Codes.Words;

/// <summary>The phrases of the tables, found in a text. Thread-safe.</summary>
internal static class Vocabulary
{
    private static readonly TermTrie AtWordStart;
    private static readonly TermTrie WithinWord;

    static Vocabulary()
    {
        var reader = new TableReader();
        var phrases = reader.Read();
        SpokenEverywhere = reader.Everywhere;
        ThingFirst = reader.ThingFirst;
        AtWordStart = new TermTrie(phrases);
        WithinWord = new TermTrie([.. phrases.Where(static phrase => phrase.IsWithinWord)]);
    }

    /// <summary>The language whose words stand in mail of every other one.</summary>
    public static ulong SpokenEverywhere { get; }

    /// <summary>The languages in which the word before a name says what it is the name of.</summary>
    public static ulong ThingFirst { get; }

    /// <summary>
    /// In the order of the text; none lies within another, or begins within a word that another covers so far.
    /// </summary>
    public static void Find(ReadOnlySpan<char> folded, List<TermHit> hits)
    {
        var isWithinWord = false;
        for (var index = 0; index < folded.Length; index++)
        {
            var isLetter = Glyph.IsSpacedLetter(folded[index]);
            var isInWord = isWithinWord && isLetter;
            var trie = isInWord ? WithinWord : AtWordStart;
            var isInHit = isInWord && hits.Count > 0 && hits[^1].End > index;
            if (!isInHit && trie.MayBeginAt(folded, index))
            {
                trie.FindAt(folded, index, hits);
            }

            isWithinWord = isLetter;
        }
    }

    /// <summary>What a short text such as the words of a link says.</summary>
    public static Term TermsIn(string text)
    {
        var hits = new List<TermHit>();
        Find(Glyph.Fold(text), hits);
        return hits.Aggregate(Term.None, static (terms, hit) => terms | hit.Terms);
    }
}
