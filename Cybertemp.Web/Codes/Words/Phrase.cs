namespace Cybertemp.Web.Codes.Words;

/// <summary>A word or phrase of the vocabulary, folded.</summary>
internal sealed record Phrase(string Text, Term Terms, bool IsWithinWord, bool EndsWord, ulong Languages)
{
    public bool BeginsAt(ReadOnlySpan<char> folded, int start) =>
        folded[start..].StartsWith(Text, StringComparison.Ordinal) && EndsAt(folded, start + Text.Length);

    /// <summary>Whether the phrase before <paramref name="end"/> may end there.</summary>
    public bool EndsAt(ReadOnlySpan<char> folded, int end) =>
        !EndsWord || end == folded.Length || !Glyph.IsSpacedLetter(folded[end]);
}
