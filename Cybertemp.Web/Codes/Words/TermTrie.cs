namespace Cybertemp.Web.Codes.Words;

/// <summary>
/// Finds the longest phrase of a fixed set at every place of a text where one may begin. The work for a character is
/// bounded by the longest phrase, and is next to nothing at most places. Immutable; thread-safe.
/// </summary>
internal sealed class TermTrie
{
    private readonly BeginningFilter _beginnings = new();
    private readonly TrieState?[] _firstStates = new TrieState?[char.MaxValue + 1];

    public TermTrie(IEnumerable<Phrase> phrases)
    {
        var sorted = phrases.OrderBy(static phrase => phrase.Text, StringComparer.Ordinal).ToArray();
        foreach (var group in sorted.GroupBy(static phrase => phrase.Text[0]))
        {
            _firstStates[group.Key] = TrieState.Of([.. group], depth: 1);
        }

        foreach (var phrase in sorted)
        {
            _beginnings.Add(phrase.Text);
        }
    }

    /// <summary>
    /// Whether a phrase may begin at <paramref name="start"/>: few places pass. No phrase is one ASCII letter.
    /// </summary>
    public bool MayBeginAt(ReadOnlySpan<char> folded, int start)
    {
        var first = folded[start];
        return first > '\x7f' || start + BeginningFilter.Length > folded.Length
            ? _firstStates[first] is not null
            : _beginnings.MayContain(folded.Slice(start, BeginningFilter.Length));
    }

    /// <summary>
    /// Adds what begins at <paramref name="start"/> and is longest, unless it lies within the last hit, or is another
    /// form of that one's last word.
    /// </summary>
    public void FindAt(ReadOnlySpan<char> folded, int start, List<TermHit> hits)
    {
        if (Longest(folded, start) is not { } phrase)
        {
            return;
        }

        var end = start + phrase.Text.Length;
        if (hits.Count > 0 && hits[^1].IsContinuedBy(start, phrase))
        {
            hits[^1] = hits[^1] with { End = Math.Max(end, hits[^1].End) };
            return;
        }

        if (hits.Count == 0 || hits[^1].End < end)
        {
            hits.Add(new TermHit(start, end, phrase.Terms, phrase.Languages));
        }
    }

    private Phrase? Longest(ReadOnlySpan<char> folded, int start)
    {
        Phrase? longest = null;
        var state = _firstStates[folded[start]];
        for (var index = start + 1; state is not null; index++)
        {
            if (state.Phrase is { } phrase
                && (state.IsLast ? phrase.BeginsAt(folded, start) : phrase.EndsAt(folded, index)))
            {
                longest = phrase;
            }

            var edge = index < folded.Length && !state.IsLast ? state.Characters.AsSpan().IndexOf(folded[index]) : -1;
            state = edge < 0 ? null : state.Targets[edge];
        }

        return longest;
    }
}
