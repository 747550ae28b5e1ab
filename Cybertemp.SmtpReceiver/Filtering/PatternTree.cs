namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>The prefix tree of sorted patterns, breadth first: the children of state s are FirstChildren[s] to FirstChildren[s + 1].</summary>
/// <param name="Labels">The character that leads into a state.</param>
/// <param name="FirstChildren">One longer than the states.</param>
/// <param name="Ends">A pattern ends here; what is behind it is left out, since it can never be the first find.</param>
internal sealed record PatternTree(char[] Labels, int[] FirstChildren, bool[] Ends)
{
    /// <summary>The tree of the patterns.</summary>
    /// <param name="sorted">Not empty strings, sorted by ordinal.</param>
    public static PatternTree Build(string[] sorted)
    {
        List<char> labels = ['\0'];
        List<bool> ends = [false];
        List<int> firstChildren = [];
        var states = new Queue<(int Low, int High, int Depth)>([(0, sorted.Length, 0)]);
        while (states.TryDequeue(out var state))
        {
            firstChildren.Add(labels.Count);
            var (low, high, depth) = state;
            if (low < high && sorted[low].Length == depth)
            {
                ends[firstChildren.Count - 1] = true;
                continue;
            }

            while (low < high)
            {
                var (label, first) = (sorted[low][depth], low);
                while (low < high && sorted[low][depth] == label)
                {
                    low++;
                }

                labels.Add(label);
                ends.Add(false);
                states.Enqueue((first, low, depth + 1));
            }
        }

        firstChildren.Add(labels.Count);
        return new PatternTree([.. labels], [.. firstChildren], [.. ends]);
    }
}
