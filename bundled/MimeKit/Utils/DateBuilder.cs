namespace MimeKit.Utils;

/// <summary>Takes the words of a date in any order.</summary>
internal sealed class DateBuilder
{
    private int? _year;
    private int? _month;
    private int? _day;
    private TimeSpan? _time;
    private int? _zone;
    private bool _hasWeekday;
    private bool _monthIsNumber;

    /// <summary>False for a second year; other words that fit nothing are passed over.</summary>
    public bool TryTake(DateToken token)
    {
        if (!_hasWeekday && token.IsWeekday)
        {
            _hasWeekday = true;
        }
        else if ((_month is null || _monthIsNumber) && token.TryGetMonth(out var month))
        {
            _day = _monthIsNumber ? _month : _day;
            (_month, _monthIsNumber) = (month, false);
        }
        else if (_time is null && token.TryGetTime(out var time))
        {
            _time = time;
        }
        else if (_zone is null && token.TryGetZone(out var zone))
        {
            _zone = zone;
        }
        else if (token.TryGetNumber(out var number))
        {
            return TryTake(number, token);
        }

        return true;
    }

    public static bool TryCreate(int year, int month, int day, TimeSpan time, int zone, out DateTimeOffset date)
    {
        date = default;
        var offset = new TimeSpan(zone / 100, zone % 100, 0);
        if (year > 9998 || day > DateTime.DaysInMonth(year, month) || offset.Duration() > TimeSpan.FromHours(14))
        {
            return false;
        }

        date = new DateTimeOffset(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time, offset);
        return true;
    }

    public bool TryBuild(out DateTimeOffset date)
    {
        date = default;
        return this is { _year: { } year, _month: { } month, _day: { } day }
            && TryCreate(year, month, day, _time ?? TimeSpan.Zero, _zone ?? 0, out date);
    }

    private bool TryTake(int number, DateToken token)
    {
        if (token.Length == 4)
        {
            var isFirst = _year is null;
            _year ??= token.TryGetYear(out var year) ? year : null;
            return isFirst;
        }

        if (token.Length <= 2 && _month is null && number is > 0 and <= 12)
        {
            (_month, _monthIsNumber) = (number, true);
        }
        else if (token.Length <= 2 && _day is null && number is > 0 and <= 31)
        {
            _day = number;
        }
        else if (token.Length <= 2 && _year is null && number >= 69)
        {
            _year = 1900 + number;
        }

        return true;
    }
}
