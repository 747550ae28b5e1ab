namespace Cybertemp.Web.Messages;

/// <summary>The beginning of a text on one line.</summary>
internal static class Intro
{
    public const int MaxLength = 160;

    /// <summary>Blanks and line ends are one space; no character is cut in two.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        Span<char> intro = stackalloc char[MaxLength];
        var length = 0;
        foreach (var character in text)
        {
            if (length == MaxLength)
            {
                break;
            }

            var isBlank = char.IsWhiteSpace(character) || char.IsControl(character);
            if (!isBlank)
            {
                intro[length++] = character;
            }
            else if (length > 0 && intro[length - 1] != ' ')
            {
                intro[length++] = ' ';
            }
        }

        var whole = length > 0 && char.IsHighSurrogate(intro[length - 1]) ? intro[..(length - 1)] : intro[..length];
        return whole.TrimEnd(' ').ToString();
    }
}
