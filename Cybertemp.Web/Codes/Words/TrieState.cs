namespace Cybertemp.Web.Codes.Words;

/// <summary>
/// A beginning that phrases share: the edges to longer ones, and the phrase that ends here; without edges, the only
/// phrase that begins so.
/// </summary>
internal sealed record TrieState(char[] Characters, TrieState[] Targets, Phrase? Phrase)
{
    public bool IsLast => Characters.Length == 0;

    /// <summary>Of sorted phrases that agree in their first <paramref name="depth"/> characters.</summary>
    public static TrieState Of(ReadOnlySpan<Phrase> sorted, int depth)
    {
        if (sorted.Length == 1)
        {
            return new TrieState([], [], sorted[0]);
        }

        var phrase = sorted[0].Text.Length == depth ? sorted[0] : null;
        var rest = phrase is null ? sorted : sorted[1..];
        var (characters, targets) = (new List<char>(), new List<TrieState>());
        while (!rest.IsEmpty)
        {
            var (character, count) = (rest[0].Text[depth], 1);
            while (count < rest.Length && rest[count].Text[depth] == character)
            {
                count++;
            }

            characters.Add(character);
            targets.Add(Of(rest[..count], depth + 1));
            rest = rest[count..];
        }

        return new TrieState([.. characters], [.. targets], phrase);
    }
}
