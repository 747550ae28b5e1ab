namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>
/// Finds whether any of many patterns occurs in a text, in one pass over it: the automaton of Aho and Corasick (CACM 18:6,
/// 1975). States are numbered breadth first, so that the children of a state are neighbours and one array of first
/// children is the whole tree. The states near the start, where most of a text is read, have a complete row of
/// transitions each. Immutable; a search allocates nothing.
/// </summary>
internal sealed class PatternSet
{
    /// <summary>The state before the first character.</summary>
    public const int Start = 0;

    /// <summary>The state after a pattern has been found; it is never left.</summary>
    public const int Found = -1;

    /// <summary>Bound of the complete rows: 256 KiB, which stays in a processor's cache.</summary>
    private const int MaxTransitions = 64 * 1024;

    private const int AsciiLength = 128;

    private readonly char[] _labels;
    private readonly int[] _firstChildren;
    private readonly int[] _fallbacks;
    private readonly bool[] _ends;

    /// <summary>ASCII characters that occur in patterns, numbered from 1; 0 leads back to the start from everywhere.</summary>
    private readonly byte[] _classes = new byte[AsciiLength];

    private readonly int _classCount;
    private readonly int[] _transitions;
    private readonly int _completeStates;

    /// <summary>Builds the automaton; call it off the sessions' threads.</summary>
    /// <param name="patterns">Not empty strings; compared by ordinal.</param>
    public PatternSet(IReadOnlyList<string> patterns)
    {
        var sorted = patterns.Order(StringComparer.Ordinal).ToArray();
        var tree = PatternTree.Build(sorted);
        (_labels, _firstChildren, _ends) = (tree.Labels, tree.FirstChildren, tree.Ends);
        _fallbacks = new int[_labels.Length];
        _classCount = NumberClasses();
        LinkFallbacks();

        var states = Math.Min(_labels.Length, MaxTransitions / _classCount);
        _transitions = new int[states * _classCount];
        for (; _completeStates < states; _completeStates++)
        {
            CompleteRow(_completeStates);
        }
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
        var number = c < AsciiLength ? _classes[c] : -1;
        while (number != 0)
        {
            if (number > 0 && state < _completeStates)
            {
                return _transitions[(state * _classCount) + number];
            }

            if (Child(state, c) is > 0 and var child)
            {
                return child;
            }

            if (state == Start)
            {
                break;
            }

            state = _fallbacks[state];
        }

        return Start;
    }

    /// <summary>0 for none: the start is nobody's child.</summary>
    private int Child(int state, char c)
    {
        var first = _firstChildren[state];
        var index = _labels.AsSpan(first, _firstChildren[state + 1] - first).IndexOf(c);
        return index < 0 ? Start : first + index;
    }

    private int NumberClasses()
    {
        byte last = 0;
        foreach (var label in _labels.AsSpan(1))
        {
            if (label < AsciiLength && _classes[label] == 0)
            {
                _classes[label] = ++last;
            }
        }

        return last + 1;
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

    /// <summary>A row is its fallback's row, which is complete already, with the state's own children in it.</summary>
    private void CompleteRow(int state)
    {
        var row = _transitions.AsSpan(state * _classCount, _classCount);
        if (state != Start)
        {
            _transitions.AsSpan(_fallbacks[state] * _classCount, _classCount).CopyTo(row);
        }

        for (var child = _firstChildren[state]; child < _firstChildren[state + 1]; child++)
        {
            if (_labels[child] < AsciiLength)
            {
                row[_classes[_labels[child]]] = child;
            }
        }
    }
}
