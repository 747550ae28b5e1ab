namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>
/// Finds whether any of many patterns occurs in a text, in one pass over it: the automaton of Aho and Corasick (CACM 18:6,
/// 1975). States are numbered breadth first, so that the children of a state are neighbours and one array of first
/// children is the whole tree. Immutable; a search allocates nothing.
/// </summary>
internal sealed class PatternSet
{
    /// <summary>The state before the first character.</summary>
    public const int Start = 0;

    /// <summary>The state after a pattern has been found; it is never left.</summary>
    public const int Found = -1;

    private readonly char[] _labels;
    private readonly int[] _firstChildren;
    private readonly int[] _fallbacks;
    private readonly bool[] _ends;
    private readonly int[] _fromStart = new int[128];

    /// <summary>Builds the automaton; call it off the sessions' threads.</summary>
    /// <param name="patterns">Not empty strings; compared by ordinal.</param>
    public PatternSet(IReadOnlyList<string> patterns)
    {
        var sorted = patterns.Order(StringComparer.Ordinal).ToArray();
        var tree = PatternTree.Build(sorted);
        (_labels, _firstChildren, _ends) = (tree.Labels, tree.FirstChildren, tree.Ends);
        _fallbacks = new int[_labels.Length];
        for (var child = _firstChildren[Start]; child < _firstChildren[Start + 1]; child++)
        {
            if (_labels[child] < _fromStart.Length)
            {
                _fromStart[_labels[child]] = child;
            }
        }

        LinkFallbacks();
    }

    public bool IsEmpty => _labels.Length == 1;

    /// <summary>True when a pattern occurs in <paramref name="text"/>.</summary>
    public bool OccursIn(ReadOnlySpan<char> text) => Advance(Start, text) == Found;

    /// <summary>Reads on from <paramref name="state"/>: a text may come in pieces.</summary>
    public int Advance(int state, ReadOnlySpan<char> text)
    {
        if (state == Found)
        {
            return Found;
        }

        foreach (var c in text)
        {
            state = Next(state, c);
            if (_ends[state])
            {
                return Found;
            }
        }

        return state;
    }

    private int Next(int state, char c)
    {
        while (state != Start)
        {
            if (Child(state, c) is > 0 and var child)
            {
                return child;
            }

            state = _fallbacks[state];
        }

        return c < _fromStart.Length ? _fromStart[c] : Child(Start, c);
    }

    /// <summary>0 for none: the start is nobody's child.</summary>
    private int Child(int state, char c)
    {
        var first = _firstChildren[state];
        var index = _labels.AsSpan(first, _firstChildren[state + 1] - first).IndexOf(c);
        return index < 0 ? Start : first + index;
    }

    /// <summary>Each state falls back to its longest proper suffix that is a state; breadth first, so that this is known.</summary>
    private void LinkFallbacks()
    {
        for (var state = 0; state < _labels.Length; state++)
        {
            for (var child = _firstChildren[state]; child < _firstChildren[state + 1]; child++)
            {
                _fallbacks[child] = state == Start ? Start : Next(_fallbacks[state], _labels[child]);
                _ends[child] |= _ends[_fallbacks[child]];
            }
        }
    }
}
