namespace Cybertemp.Web.Codes.Words;

/// <summary>
/// A set of the first four characters of phrases in ASCII that may also claim others; eight kilobytes, to stay in the
/// nearest cache.
/// </summary>
internal sealed class BeginningFilter
{
    public const int Length = 4;
    private const int Values = 32;

    private readonly uint[] _thirds = new uint[Values * Values];
    private readonly uint[] _fourths = new uint[Values * Values];

    public void Add(string text)
    {
        if (text[0] > '\x7f' || text.Length < 2)
        {
            return;
        }

        var (isThirdKnown, isFourthKnown) = (IsAscii(text, 1, 2), IsAscii(text, 1, 2) && IsAscii(text, 3, 3));
        _thirds[Pair(text[0], text[1])] |= isThirdKnown ? 1u << text[2] : uint.MaxValue;
        if (isThirdKnown)
        {
            _fourths[Pair(text[1], text[2])] |= isFourthKnown ? 1u << text[3] : uint.MaxValue;
            return;
        }

        for (var third = 0; third < Values; third++)
        {
            _fourths[Pair(text[1], (char)third)] = uint.MaxValue;
        }
    }

    /// <summary>Of four characters.</summary>
    public bool MayContain(ReadOnlySpan<char> beginning) =>
        (_thirds[Pair(beginning[0], beginning[1])] & (1u << beginning[2])) != 0
        && (_fourths[Pair(beginning[1], beginning[2])] & (1u << beginning[3])) != 0;

    private static bool IsAscii(string text, int first, int last) =>
        text.Length > last && text[first] <= '\x7f' && text[last] <= '\x7f';

    private static int Pair(char first, char second) => ((first & (Values - 1)) * Values) + (second & (Values - 1));
}
