using System.Collections.Frozen;

namespace MimeKit.Utils;

/// <summary>One word of a date: what it can be taken for.</summary>
internal readonly ref struct DateToken(ReadOnlySpan<char> text)
{
    private const string MonthNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private const string WeekdayNames = "SunMonTueWedThuFriSat";

    private static readonly SearchValues<char> MonthLetters = SearchValues.Create("abcdefghijlmnoprstuvyABCDEFGHIJLMNOPRSTUVY");
    private static readonly SearchValues<char> WeekdayLetters = SearchValues.Create("adefhimnorstuwyADEFHIMNORSTUWY");

    /// <summary>The military letters have the signs of RFC 1123, not the mistaken ones of RFC 822.</summary>
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Zones = (
        "UT 0 UTC 0 GMT 0 Z 0 EDT -400 EST -500 CDT -500 CST -600 MDT -600 MST -700 PDT -700 PST -800 "
        + "A 100 B 200 C 300 D 400 E 500 F 600 G 700 H 800 I 900 K 1000 L 1100 M 1200 "
        + "N -100 O -200 P -300 Q -400 R -500 S -600 T -700 U -800 V -900 W -1000 X -1100 Y -1200").Split(' ').Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly ReadOnlySpan<char> _text = text;

    public int Length => _text.Length;

    public bool IsWeekday => IndexOfName(WeekdayNames, WeekdayLetters) >= 0;

    public bool TryGetNumber(out int value) => TryGetNumber(_text, int.MaxValue, out value);

    public bool TryGetMonth(out int month) => (month = IndexOfName(MonthNames, MonthLetters) + 1) > 0;

    public bool TryGetYear(out int year)
    {
        var isNumber = TryGetNumber(out year);
        year += !isNumber || year >= 100 ? 0 : year < 70 ? 2000 : 1900;
        return isNumber && year >= 1969;
    }

    /// <summary>hh:mm or hh:mm:ss.</summary>
    public bool TryGetTime(out TimeSpan time)
    {
        Span<Range> fields = stackalloc Range[4];
        var (count, second) = (_text.Split(fields, ':'), 0);
        time = default;
        if (count is not (2 or 3) || !TryGetNumber(_text[fields[0]], 23, out var hour)
            || !TryGetNumber(_text[fields[1]], 59, out var minute)
            || (count == 3 && !TryGetNumber(_text[fields[2]], 59, out second)))
        {
            return false;
        }

        time = new TimeSpan(hour, minute, second);
        return true;
    }

    /// <summary>AM or PM.</summary>
    public bool TryMove(ref TimeSpan time)
    {
        var isAfternoon = _text is "PM";
        time = _text is "AM" && time.Hours == 12 || isAfternoon && time.Hours < 12 ? time.Add(TimeSpan.FromHours(isAfternoon ? 12 : -12)) : time;
        return isAfternoon || _text is "AM";
    }

    /// <summary>"+hhmm" read as a number, also without sign, or a name in capitals.</summary>
    public bool TryGetZone(out int zone)
    {
        var isSigned = _text is ['+' or '-', ..];
        var isZone = Zones.TryGetValue(_text, out zone) || TryGetNumber(isSigned ? _text[1..] : _text, 1400, out zone);
        zone = _text[0] == '-' ? -zone : zone;
        return isZone && zone >= -1200;
    }

    private static bool TryGetNumber(ReadOnlySpan<char> text, int max, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;

    /// <summary>By the first three letters: "Sept" and "Tuesday" count.</summary>
    private int IndexOfName(string names, SearchValues<char> letters)
    {
        if (_text.Length < 3 || _text.ContainsAnyExcept(letters))
        {
            return -1;
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
}
