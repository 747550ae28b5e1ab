using System.Globalization;

namespace Cybertemp.Web.Codes.Numbers;

/// <summary>Says of a token without spaces whether it can be a code by its form.</summary>
internal static class TokenShape
{
    public const int MinLength = 4;
    public const int MaxLength = 10;
    private const int MaxDashedLength = 12;

    public static Shape Of(ReadOnlySpan<char> token)
    {
        var (digits, upper, lower, dashes) = Count(token);
        if (IsMasked(token) || digits + upper + lower + dashes != token.Length)
        {
            return Shape.Other;
        }

        if (dashes > 0)
        {
            return digits + upper + lower > MaxDashedLength ? Shape.Other
                : IsDashedCode(token, digits, lower) ? Shape.Dashed
                : IsDashedWord(token, lower) ? Shape.Letters
                : Shape.Other;
        }

        return token.Length switch
        {
            < MinLength or > MaxLength => Shape.Other,
            _ when digits == token.Length => Shape.Digits,
            _ when digits > 0 => Shape.Mixed,
            _ when upper == 0 || lower == 0 => Shape.Letters,
            _ => Shape.Other,
        };
    }

    /// <summary>"482913-as", "482913-ni": an ending of the language behind a number.</summary>
    public static int LengthWithoutEnding(ReadOnlySpan<char> token)
    {
        const int MaxEnding = 4;
        var dash = token.IndexOf('-');
        return dash >= MinLength && token.Length - dash - 1 is > 0 and <= MaxEnding
            && !token[..dash].ContainsAnyExceptInRange('0', '9')
            && !token[(dash + 1)..].ContainsAnyExceptInRange('a', 'z')
            ? dash
            : token.Length;
    }

    /// <summary>"XX4471", "xxxx4471": the end of a longer number.</summary>
    private static bool IsMasked(ReadOnlySpan<char> token)
    {
        var masked = token.IndexOfAnyExcept('x', 'X');
        return masked > 1 && !token[masked..].ContainsAnyExceptInRange('0', '9');
    }

    private static (int Digits, int Upper, int Lower, int Dashes) Count(ReadOnlySpan<char> token)
    {
        var (digits, upper, lower, dashes) = (0, 0, 0, 0);
        foreach (var character in token)
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
            upper += char.IsAsciiLetterUpper(character) ? 1 : 0;
            lower += char.IsAsciiLetterLower(character) ? 1 : 0;
            dashes += character == '-' ? 1 : 0;
        }

        return (digits, upper, lower, dashes);
    }

    private static bool IsDashedCode(ReadOnlySpan<char> token, int digits, int lower)
    {
        var first = token.IndexOf('-');
        var head = token[..first];
        var tail = token[(first + 1)..];
        if (tail.IndexOf('-') is var second and >= 0)
        {
            return AreThreeGroups(head, tail[..second], tail[(second + 1)..]) && !IsDate(token);
        }

        var isEven = head.Length == tail.Length && head.Length is >= 3 and <= 5;
        var isOfDigits = digits == head.Length + tail.Length && head.Length is >= 2 and <= 5
            && tail.Length is >= 3 and <= 5;
        var isPrefixed = head is [>= 'A' and <= 'Z', ..] && head.Length <= 4 && lower == 0
            && tail.Length is >= 4 and <= 8 && tail.ContainsAnyInRange('0', '9');
        var isMixed = digits > 0 && lower == 0 && head.Length is >= 3 and <= 5 && tail.Length is >= 2 and <= 5
            && head.ContainsAnyInRange('0', '9') && head.ContainsAnyInRange('A', 'Z');
        return (isEven || isOfDigits || isPrefixed || isMixed) && (lower == 0 || digits > 0)
            && head.Length + tail.Length >= 5 && !IsYears(head, tail);
    }

    /// <summary>"vkqd-hzwt".</summary>
    private static bool IsDashedWord(ReadOnlySpan<char> token, int lower)
    {
        var first = token.IndexOf('-');
        return lower == token.Length - 1 && first >= MinLength && first * 2 == token.Length - 1;
    }

    /// <summary>"904-118-227", "G-481-220".</summary>
    private static bool AreThreeGroups(ReadOnlySpan<char> head, ReadOnlySpan<char> middle, ReadOnlySpan<char> last)
    {
        var isPrefixed = head.Length <= 3 && !head.ContainsAnyExceptInRange('A', 'Z')
            && middle.ContainsAnyInRange('0', '9') && last.ContainsAnyInRange('0', '9');
        return middle.Length == last.Length && middle.Length is >= 2 and <= 4
            && (isPrefixed || head.Length == middle.Length);
    }

    /// <summary>31-12-99, 12-31-99 or 99-12-31.</summary>
    private static bool IsDate(ReadOnlySpan<char> token)
    {
        if (token.Length != 8 || token.ContainsAnyInRange('A', 'z'))
        {
            return false;
        }

        var (first, second, third) = (Part(token, 0), Part(token, 3), Part(token, 6));
        return IsDay(first, second) || IsDay(second, first) || IsDay(third, second);
    }

    private static int Part(ReadOnlySpan<char> token, int start) =>
        int.Parse(token.Slice(start, 2), CultureInfo.InvariantCulture);

    private static bool IsDay(int day, int month) => day is >= 1 and <= 31 && month is >= 1 and <= 12;

    private static bool IsYears(ReadOnlySpan<char> head, ReadOnlySpan<char> tail) => IsYear(head) && IsYear(tail);

    public static bool IsYear(ReadOnlySpan<char> token) =>
        token.Length == 4 && token is ['1', '9', ..] or ['2', '0', ..] && !token.ContainsAnyExceptInRange('0', '9');
}
