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

    /// <summary>Words that fit nothing are passed over.</summary>
    public void Take(DateToken token)
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
        else if (_zone is null && _time is { } clock && token.TryMove(ref clock))
        {
            _time = clock;
        }
        else if (!token.TryGetNumber(out var number))
        {
            _zone ??= token.TryGetZone(out var offset) ? offset : null;
        }
        else if (token.Length == 4)
        {
            _zone ??= _year is not null && token.TryGetZone(out var zone) ? zone : null;
            _year ??= token.TryGetYear(out var year) ? year : null;
        }
        else if (token.Length <= 2)
        {
            Take(number);
        }
    }

    public static bool TryCreate(int year, int month, int day, TimeSpan time, int zone, out DateTimeOffset date)
    {
        date = default;
        var offset = new TimeSpan(zone / 100, zone % 100, 0);
        if (year > 9999 || day > DateTime.DaysInMonth(year, month) || offset.Duration() > TimeSpan.FromHours(14))
        {
            return false;
        }

        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time;
        var isInRange = DateTime.MaxValue - local >= -offset;
        date = isInRange ? new DateTimeOffset(local, offset) : default;
        return isInRange;
    }

    public bool TryBuild(out DateTimeOffset date)
    {
        date = default;
        return this is { _year: { } year, _month: { } month, _day: { } day }
            && TryCreate(year, month, day, _time ?? TimeSpan.Zero, _zone ?? 0, out date);
    }

    private void Take(int number)
    {
        if (_month is null && number is > 0 and <= 12)
        {
            (_month, _monthIsNumber) = (number, true);
        }
        else if (_day is null && number is > 0 and <= 31)
        {
            _day = number;
        }
        else if (_year is null && number >= 69)
        {
            _year = 1900 + number;
        }
    }
}
