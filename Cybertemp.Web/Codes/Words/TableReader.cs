using System.Reflection;

namespace Cybertemp.Web.Codes.Words;

/// <summary>
/// Reads the tables in Tables. "[en]" begins the phrases of a language, "[kn, ml]" those of some with scripts of their
/// own (<see cref="Languages.Most"/> sections at most); each line is <c>term: phrase, phrase</c>. A phrase begins a
/// word unless "*" stands before it or its script glues words together; it ends a word when "$" stands behind it.
/// </summary>
internal sealed class TableReader
{
    private readonly Dictionary<string, Phrase> _phrases = new(StringComparer.Ordinal);
    private int _languages;

    /// <summary>The language whose words stand in mail of every other one; 0 before it was read.</summary>
    public ulong Everywhere { get; private set; }

    /// <summary>Of <see cref="Languages.ThingFirst"/>.</summary>
    public ulong ThingFirst { get; private set; }

    public Phrase[] Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var table in assembly.GetManifestResourceNames().Where(static name => name.StartsWith("words.",
            StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(table)!);
            while (reader.ReadLine() is { } line)
            {
                Read(line);
            }
        }

        return [.. _phrases.Values];
    }

    private void Read(string line)
    {
        if (line is ['[', .. var name, ']'])
        {
            _languages++;
            Everywhere |= name == Languages.Everywhere ? Language : 0;
            ThingFirst |= Languages.ThingFirst.Contains(name) ? Language : 0;
            return;
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var terms = TermsOf(line[..colon]);
        foreach (var text in line[(colon + 1)..].Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var phrase = Parse(text, terms);
            _phrases[phrase.Text] = _phrases.TryGetValue(phrase.Text, out var other) ? Merge(phrase, other) : phrase;
        }
    }

    private ulong Language => 1UL << (_languages - 1);

    private static Term TermsOf(string names) =>
        names.Split('+').Aggregate(Term.None, static (terms, name) => terms | Enum.Parse<Term>(name.Trim(),
            ignoreCase: true));

    private Phrase Parse(string text, Term terms)
    {
        var folded = Glyph.Fold(text.Trim('*', '$'));
        return new Phrase(folded, terms, text[0] == '*', text[^1] == '$', Language);
    }

    private static Phrase Merge(Phrase one, Phrase other) => new(
        one.Text, one.Terms | other.Terms, one.IsWithinWord || other.IsWithinWord, one.EndsWord && other.EndsWord,
        one.Languages | other.Languages);
}
