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
    public bool TryTake(DateToken token)
    {
        if (!_hasWeekday && token.IsWeekday)
        {
            _hasWeekday = true;
        }
        else if ((Month is null || _monthIsNumber) && token.TryGetMonth(out var month))
        {
            Day = _monthIsNumber ? Month : Day;
            (Month, _monthIsNumber) = (month, false);
        }
        else if (Time is null && token.TryGetTime(out var time))
        {
            Time = time;
        }
        else if (Zone is null && token.TryGetZone(out var zone))
        {
            Zone = zone;
        }
        else if (token.TryGetNumber(out var number))
        {
            return TryTake(number, token);
        }

        return true;
    }

    private bool TryTake(int number, DateToken token)
    {
        if (token.Length == 4)
        {
            var isFirst = Year is null;
            Year ??= token.TryGetYear(out var year) ? year : null;
            return isFirst;
        }

        if (token.Length <= 2 && Month is null && number is > 0 and <= 12)
        {
            (Month, _monthIsNumber) = (number, true);
        }
        else if (token.Length <= 2 && Day is null && number is > 0 and <= 31)
        {
            Day = number;
        }
        else if (token.Length <= 2 && Year is null && number >= 69)
        {
            Year = 1900 + number;
        }

        return true;
    }
}
