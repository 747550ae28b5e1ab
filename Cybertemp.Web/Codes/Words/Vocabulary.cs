using System.Reflection;

namespace Cybertemp.Web.Codes.Words;

/// <summary>
/// The phrases of the tables in Tables. A line is <c>term: phrase, phrase</c>. A phrase begins a word unless "*"
/// stands before it or its script glues words together; it ends a word when "$" stands behind it. Thread-safe.
/// </summary>
internal static class Vocabulary
{
    private static readonly TermTrie AtWordStart;
    private static readonly TermTrie WithinWord;

    static Vocabulary()
    {
        var phrases = Read();
        AtWordStart = new TermTrie(phrases);
        WithinWord = new TermTrie([.. phrases.Where(static phrase => phrase.IsWithinWord)]);
    }

    /// <summary>In the order of the text; none lies within another.</summary>
    public static void Find(ReadOnlySpan<char> folded, List<TermHit> hits)
    {
        var isWithinWord = false;
        for (var index = 0; index < folded.Length; index++)
        {
            var isLetter = Glyph.IsSpacedLetter(folded[index]);
            var trie = isWithinWord && isLetter ? WithinWord : AtWordStart;
            if (trie.MayBeginAt(folded, index))
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

    private static List<Phrase> Read()
    {
        var phrases = new Dictionary<string, Phrase>(StringComparer.Ordinal);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var table in assembly.GetManifestResourceNames().Where(static name => name.StartsWith("words.",
            StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(table)!);
            while (reader.ReadLine() is { } line)
            {
                Read(line, phrases);
            }
        }

        return [.. phrases.Values];
    }

    private static void Read(string line, Dictionary<string, Phrase> phrases)
    {
        if (line is ['[' or '#', ..] or "")
        {
            return;
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var terms = TermsOf(line[..colon]);
        foreach (var text in line[(colon + 1)..].Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var phrase = Parse(text, terms);
            phrases[phrase.Text] = phrases.TryGetValue(phrase.Text, out var other) ? Merge(phrase, other) : phrase;
        }
    }

    private static Term TermsOf(string names) =>
        names.Split('+').Aggregate(Term.None, static (terms, name) => terms | Enum.Parse<Term>(name.Trim(),
            ignoreCase: true));

    private static Phrase Parse(string text, Term terms)
    {
        var folded = Glyph.Fold(text.Trim('*', '$'));
        return new Phrase(folded, terms, text[0] == '*', text[^1] == '$');
    }

    private static Phrase Merge(Phrase one, Phrase other) => new(
        one.Text, one.Terms | other.Terms, one.IsWithinWord || other.IsWithinWord, one.EndsWord && other.EndsWord);
}
