using System.Globalization;

namespace Cybertemp.Web.Codes.Html;

internal static class CssLength
{
    private const double PixelsOfEm = 16;

    /// <summary>In CSS pixels, an em being 16; NaN when there is no length.</summary>
    public static double PixelsOf(ReadOnlySpan<char> value)
    {
        var end = 0;
        while (end < value.Length && (char.IsAsciiDigit(value[end]) || value[end] is '.' or '-' or '+'))
        {
            end++;
        }

        return double.TryParse(value[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number * Factor(value[end..].TrimStart())
            : Keyword(value);
    }

    /// <summary>The size in the shorthand "bold 38px/1.2 Courier".</summary>
    public static double FirstPixelsIn(ReadOnlySpan<char> value)
    {
        foreach (var word in value.Split(' '))
        {
            var pixels = value[word] is [>= '0' and <= '9' or '.', ..] and not ([_, '0', '0'] or [_, '0', '0', '0'])
                ? PixelsOf(value[word]) : double.NaN;
            if (!double.IsNaN(pixels))
            {
                return pixels;
            }
        }

        return double.NaN;
    }

    private static double Factor(ReadOnlySpan<char> unit)
    {
        const double PixelsOfPoint = 4.0 / 3;
        return unit switch
        {
            ['e' or 'E', 'm' or 'M', ..] or ['r' or 'R', 'e' or 'E', ..] => PixelsOfEm,
            ['%', ..] => PixelsOfEm / 100,
            ['p' or 'P', 't' or 'T', ..] => PixelsOfPoint,
            ['v', ..] => PixelsOfEm,
            _ => 1,
        };
    }

    private static double Keyword(ReadOnlySpan<char> value) => value switch
    {
        "x-large" or "xx-large" or "xxx-large" => 2 * PixelsOfEm,
        "large" or "medium" or "small" or "x-small" => PixelsOfEm,
        _ => double.NaN,
    };
}
