using System.Numerics;

namespace Cybertemp.Web.Codes.Words;

/// <summary>
/// Which languages a text may be in, by the terms in it: short words mean another thing in another language ("tu",
/// "over"). A set of languages is a bit for each section of the tables.
/// </summary>
internal static class Languages
{
    public const int Most = 64;

    /// <summary>English words stand in mail of every language.</summary>
    public const string Everywhere = "en";

    /// <summary>Those that say before a name, in a word of its own, what it is the name of: "gate code".</summary>
    public static readonly string[] ThingFirst = [Everywhere, "tr", "az"];

    private const char LastOfLatin = '\u024f';
    private const int LongestDoubtful = 5;
    private const int LeastPercent = 30;
    private const int MostCounted = 400;

    /// <summary>
    /// Removes short terms in Latin letters of languages that the longer ones are not of, or few of them.
    /// </summary>
    public static void RemoveForeign(ReadOnlySpan<char> folded, List<TermHit> hits)
    {
        Span<int> letters = stackalloc int[Most];
        letters.Clear();
        for (var index = 0; index < Math.Min(hits.Count, MostCounted); index++)
        {
            Count(hits[index], letters);
        }

        if (Spoken(letters) is var spoken and not 0)
        {
            Remove(folded, hits, spoken);
        }
    }

    private static void Count(TermHit hit, Span<int> letters)
    {
        var length = hit.End - hit.Start;
        for (var rest = length > LongestDoubtful ? hit.Languages & ~Vocabulary.SpokenEverywhere : 0; rest != 0;
            rest &= rest - 1)
        {
            letters[BitOperations.TrailingZeroCount(rest)] += length;
        }
    }

    /// <summary>None when nothing says it.</summary>
    private static ulong Spoken(ReadOnlySpan<int> letters)
    {
        var highest = 0;
        foreach (var count in letters)
        {
            highest = Math.Max(highest, count);
        }

        var spoken = 0UL;
        for (var language = 0; language < Most && highest > 0; language++)
        {
            spoken |= letters[language] * 100L >= (long)highest * LeastPercent ? 1UL << language : 0;
        }

        return spoken;
    }

    private static void Remove(ReadOnlySpan<char> folded, List<TermHit> hits, ulong spoken)
    {
        var kept = 0;
        for (var index = 0; index < hits.Count; index++)
        {
            var hit = hits[index];
            var isForeign = hit.End - hit.Start <= LongestDoubtful && folded[hit.Start] <= LastOfLatin
                && (hit.Languages & (spoken | Vocabulary.SpokenEverywhere)) == 0;
            hits[kept] = hit;
            kept += isForeign ? 0 : 1;
        }

        hits.RemoveRange(kept, hits.Count - kept);
    }
}
