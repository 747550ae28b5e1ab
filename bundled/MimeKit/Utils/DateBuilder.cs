namespace MimeKit.Utils;

/// <summary>Takes the words of a date in any order.</summary>
internal sealed class DateBuilder
{
    private bool _hasWeekday;
    private bool _monthIsNumber;

    public int? Year { get; private set; }

    public int? Month { get; private set; }

    public int? Day { get; private set; }

    public TimeSpan? Time { get; private set; }

    public int? Zone { get; private set; }

    /// <summary>False for a second year; other words that fit nothing are passed over.</summary>
    public bool TryTake(DateToken token) =>
        TryTakeName(token) || TryTakeTime(token) || !token.IsNumeric || TryTakeNumber(token);

    private bool TryTakeName(DateToken token)
    {
        if (!_hasWeekday && token.IsWeekday)
        {
            _hasWeekday = true;
            return true;
        }

        if ((Month is not null && !_monthIsNumber) || !token.TryGetMonth(out var month))
        {
            return false;
        }

        Day = _monthIsNumber ? Month : Day;
        (Month, _monthIsNumber) = (month, false);
        return true;
    }

    private bool TryTakeTime(DateToken token)
    {
        if (Time is null && token.TryGetTime(out var time))
        {
            Time = time;
            return true;
        }

        if (Zone is null && token.TryGetZone(out var zone))
        {
            Zone = zone;
            return true;
        }

        return false;
    }

    private bool TryTakeNumber(DateToken token)
    {
        if (token.Length == 4)
        {
            var isFirst = Year is null;
            Year ??= token.TryGetYear(out var year) ? year : null;
            return isFirst;
        }

        if (token.Length > 2 || !token.TryGetNumber(out var value))
        {
            return true;
        }

        if (Month is null && value is > 0 and <= 12)
        {
            (Month, _monthIsNumber) = (value, true);
        }
        else if (Day is null && value is > 0 and <= 31)
        {
            Day = value;
        }
        else if (Year is null && value >= 69)
        {
            Year = 1900 + value;
        }

        return true;
    }
}
