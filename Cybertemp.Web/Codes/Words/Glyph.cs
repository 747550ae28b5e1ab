using System.Globalization;
using System.Text;

namespace Cybertemp.Web.Codes.Words;

/// <summary>
/// The two forms of a character: as a code prints it (digits and full-width letters in ASCII, one dash, one space,
/// nothing invisible), and as words are compared (lower case, without accents). Thread-safe.
/// </summary>
internal static class Glyph
{
    /// <summary>The printed form of a character that leaves no trace.</summary>
    public const char Dropped = '\0';

    private const string SpecialFolds = "ıiłløođdðdßsæaœoþtأاإاآاٱاىيیيکكةهؤوئيςσ";

    private static readonly char[] PrintedForms = new char[char.MaxValue + 1];
    private static readonly char[] FoldedForms = new char[char.MaxValue + 1];

    static Glyph()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            PrintedForms[code] = Print((char)code);
            FoldedForms[code] = Fold(PrintedForms[code]);
        }

        for (var index = 0; index < SpecialFolds.Length; index += 2)
        {
            FoldedForms[SpecialFolds[index]] = SpecialFolds[index + 1];
        }
    }

    public static char Printed(char character) => PrintedForms[character];

    /// <summary>Of a printed form.</summary>
    public static char Folded(char printed) => FoldedForms[printed];

    /// <summary>
    /// The digit that a pair of surrogates stands for, or <see cref="Dropped"/> (U+1D7CE is a bold zero).
    /// </summary>
    public static char PrintedPair(char high, char low)
    {
        var rune = new Rune(high, low);
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber
            ? (char)('0' + (int)Rune.GetNumericValue(rune))
            : Dropped;
    }

    /// <summary>Printed forms to folded ones, a line's end to a space.</summary>
    public static void Fold(ReadOnlySpan<char> printed, Span<char> folded)
    {
        var done = 0;
        while (done < printed.Length)
        {
            Ascii.ToLower(printed[done..], folded[done..], out var count);
            done += count;
            for (; done < printed.Length && !char.IsAscii(printed[done]); done++)
            {
                folded[done] = Folded(printed[done]);
            }
        }

        folded.Replace('\n', ' ');
    }

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var printed in text.Select(Printed).Where(static c => c != Dropped))
        {
            folded.Append(Folded(printed));
        }

        return folded.ToString();
    }

    /// <summary>A letter of a script that writes words with spaces between them.</summary>
    public static bool IsSpacedLetter(char character) =>
        char.IsAsciiLetter(character) || (character is > '\x7f' and < '\u0590' && char.IsLetter(character));

    private static char Print(char character) => character switch
    {
        '\n' or '\u2028' or '\u2029' or '\v' or '\f' => '\n',
        '\0' or '\t' or '\r' => ' ',
        '\u2018' or '\u2019' or '\u02bc' => '\'',
        '\u05be' or '\u2212' => '-',
        '\uff0c' => character,
        >= '\uff01' and <= '\uff5e' => (char)(character - 0xfee0),
        _ when IsInvisible(character) => Dropped,
        _ => PrintByCategory(character),
    };

    private static char PrintByCategory(char character) => char.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.SpaceSeparator => ' ',
        UnicodeCategory.DashPunctuation => '-',
        UnicodeCategory.DecimalDigitNumber => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(character)),
        UnicodeCategory.Format or UnicodeCategory.Control => Dropped,
        _ => character,
    };

    /// <summary>Zero width, direction, variation; accents and vowel points that many leave out.</summary>
    private static bool IsInvisible(char character) => character
        is '\u00ad' or '\u034f' or '\u0640' or '\u0670' or '\u093c' or '\u115f' or '\u1160' or '\u3164' or '\u20e3'
        or (>= '\u0300' and <= '\u036f') or (>= '\u0591' and <= '\u05bd') or (>= '\u05bf' and <= '\u05c7')
        or (>= '\u064b' and <= '\u065f') or (>= '\ufe00' and <= '\ufe0f');

    private static char Fold(char printed)
    {
        if (printed == '\n')
        {
            return ' ';
        }

        var lower = char.ToLowerInvariant(printed);
        var isAccented = lower is > '\u00bf' and < '\u0590' or (>= '\u1f00' and <= '\u1fff');
        return isAccented ? char.ToLowerInvariant(lower.ToString().Normalize(NormalizationForm.FormD)[0]) : lower;
    }
}
