using System.Globalization;

namespace Cybertemp.Web.Codes.Html;

internal static class CssColor
{
    /// <summary>0xRRGGBB; -1 for what is neither hexadecimal nor black or white.</summary>
    public static int Of(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        var end = value.IndexOf(' ');
        return (end < 0 ? value : value[..end]) switch
        {
            ['#', .. { Length: 6 } digits] => Parse(digits),
            ['#', .. { Length: 3 } digits] => Parse([digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]]),
            "white" or "White" or "WHITE" => 0xffffff,
            "black" or "Black" or "BLACK" => 0,
            _ => -1,
        };
    }

    private static int Parse(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var color) ? color : -1;
}
