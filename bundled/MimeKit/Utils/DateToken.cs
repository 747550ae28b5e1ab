using System.Collections.Frozen;
using System.Globalization;

namespace MimeKit.Utils;

/// <summary>One word of a date: what it can be taken for.</summary>
internal readonly ref struct DateToken(ReadOnlySpan<char> text)
{
    private const string MonthNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private const string WeekdayNames = "SunMonTueWedThuFriSat";

    private static readonly FrozenDictionary<string, int> Zones = CreateZones();

    private readonly ReadOnlySpan<char> _text = text;

    public int Length => _text.Length;

    public bool IsNumeric => !_text.IsEmpty && !_text.ContainsAnyExceptInRange('0', '9');

    public bool IsWeekday => IndexOfName(WeekdayNames) >= 0;

    public bool TryGetNumber(out int value) => int.TryParse(_text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    public bool TryGetMonth(out int month)
    {
        month = IndexOfName(MonthNames) + 1;
        return month > 0;
    }

    public bool TryGetDay(out int day) => TryGetNumber(out day) && day is > 0 and <= 31;

    public bool TryGetYear(out int year)
    {
        if (!TryGetNumber(out year))
        {
            return false;
        }

        year += year switch
        {
            < 70 => 2000,
            < 100 => 1900,
            _ => 0,
        };
        return year >= 1969;
    }

    /// <summary>hh:mm or hh:mm:ss; a leap second is the second before it.</summary>
    public bool TryGetTime(out TimeSpan time)
    {
        time = default;
        Span<Range> fields = stackalloc Range[4];
        var count = _text.Split(fields, ':');
        var second = 0;
        if (count is not (2 or 3)
            || !TryGetField(fields[0], 23, out var hour)
            || !TryGetField(fields[1], 59, out var minute)
            || (count == 3 && !TryGetField(fields[2], 60, out second)))
        {
            return false;
        }

        time = new TimeSpan(hour, minute, Math.Min(second, 59));
        return true;
    }

    /// <summary>"+hhmm" read as a number, or a name in capitals, at most 14 hours.</summary>
    public bool TryGetZone(out int zone)
    {
        if (_text is ['+' or '-', _, ..])
        {
            var isNumber = int.TryParse(_text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out zone);
            zone = _text[0] == '-' ? -zone : zone;
            return isNumber && zone is >= -1400 and <= 1400;
        }

        return Zones.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(_text, out zone);
    }

    private bool TryGetField(Range field, int max, out int value) =>
        int.TryParse(_text[field], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;

    /// <summary>By the first three letters: "Sept" and "Tuesday" count.</summary>
    private int IndexOfName(string names)
    {
        if (_text.Length < 3)
        {
            return -1;
        }

        foreach (var character in _text)
        {
            if (!char.IsAsciiLetter(character))
            {
                return -1;
            }
        }

        for (var start = 0; start < names.Length; start += 3)
        {
            if (_text[..3].Equals(names.AsSpan(start, 3), StringComparison.OrdinalIgnoreCase))
            {
                return start / 3;
            }
        }

        return -1;
    }

    /// <summary>The military letters have the signs of RFC 1123, not the mistaken ones of RFC 822.</summary>
    private static FrozenDictionary<string, int> CreateZones()
    {
        var zones = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0,
            ["EDT"] = -400, ["EST"] = -500, ["CDT"] = -500, ["CST"] = -600,
            ["MDT"] = -600, ["MST"] = -700, ["PDT"] = -700, ["PST"] = -800,
        };
        for (var hour = 1; hour <= 12; hour++)
        {
            zones["ABCDEFGHIKLM"[hour - 1].ToString()] = hour * 100;
            zones["NOPQRSTUVWXY"[hour - 1].ToString()] = hour * -100;
        }

        return zones.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
