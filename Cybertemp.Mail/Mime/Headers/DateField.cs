using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit.Utils;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>
/// The Date field (RFC 5322 §3.3), read as it was meant: ISO 8601, the month before the day, zones with a colon or
/// behind "GMT", fractions of seconds and AM or PM are brought into the form of the RFC.
/// </summary>
internal static partial class DateField
{
    private const int MaxLength = 200;
    private const int MatchTimeout = 1000;

    /// <summary>Null when nobody can tell.</summary>
    public static DateTimeOffset? Read(string value)
    {
        value = value.Length > MaxLength ? value[..MaxLength] : value;
        var isParsed = Standard().IsMatch(value)
            ? DateUtils.TryParse(value, out var date)
            : DateUtils.TryParse(Normalize(value), out date) || DateUtils.TryParse(value, out date);
        return isParsed && date != DateTimeOffset.MinValue ? date : null;
    }

    private static string Normalize(string value)
    {
        value = IsoBasic().Replace(value, "$1-$2-$3 $4:$5:$6");
        value = YearFirst().Replace(value, static match => Day(match.Groups[3], match.Groups[2], match.Groups[1]));
        value = DayMonthYear().Replace(value, static match => Day(match.Groups[1], match.Groups[2], match.Groups[3]));
        value = MonthFirst().Replace(value, "$2 $1 $3 ");
        value = TimeWithDots().Replace(value, "$1:$2:$3");
        value = HalfDay().Replace(value, static match => InFullDay(match.Groups[1], match.Groups[2], match.Groups[3]));
        value = Fraction().Replace(value, "$1");
        value = Zulu().Replace(value, "$1 +0000");
        return Zone().Replace(value, static match =>
            $"{match.Groups[1]} {match.Groups[2]}{Minutes(match.Groups[3].Value, match.Groups[4].Value)}");
    }

    private static string Day(Group day, Group month, Group year) =>
        int.Parse(month.ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var number
            ? $"{day} {CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(number)} {year} "
            : $"{day} {month} {year} ";

    private static string InFullDay(Group hour, Group rest, Group half)
    {
        var hours = int.Parse(hour.ValueSpan, CultureInfo.InvariantCulture);
        var isAfternoon = half.ValueSpan is ['p' or 'P', ..];
        return hours > 12 ? $"{hours}{rest} " : $"{(hours % 12) + (isAfternoon ? 12 : 0):00}{rest} ";
    }

    /// <summary>"2" and "02" are hours; "200" and "0200" have minutes already.</summary>
    private static string Minutes(string hours, string minutes) => minutes.Length > 0
        ? hours.PadLeft(2, '0') + minutes
        : hours.Length <= 2 ? $"{hours.PadLeft(2, '0')}00" : hours.PadLeft(4, '0');

    [GeneratedRegex(
        @"^\s*(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{2,5})"
            + @"(?: \([^()]*\))?\s*$",
        RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Standard();

    [GeneratedRegex(
        @"\b(?<1>\d{4})(?<2>\d\d)(?<3>\d\d)[Tt](?<4>\d\d)(?<5>\d\d)(?<6>\d\d)",
        RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex IsoBasic();

    [GeneratedRegex(
        @"\b(?<1>\d{4})[-/.](?<2>\d{1,2})[-/.](?<3>\d{1,2})(?:[Tt]|\b)", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"\b(?<1>\d{1,2})[.](?<2>\d{1,2})[.](?<3>\d{4})\b", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(
        @"\b(?<1>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.?[\s-]+"
            + @"(?<2>\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(?<3>\d{4})\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"\b(?<1>\d\d)\.(?<2>\d\d)\.(?<3>\d\d)\b", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex TimeWithDots();

    [GeneratedRegex(
        @"\b(?<1>\d{1,2})(?<2>:\d\d(?::\d\d)?(?:[.,]\d+)?)\s*(?<3>[AaPp])\.?[Mm]\b\.?",
        RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex HalfDay();

    [GeneratedRegex(@"(?<1>:\d\d)[.,]\d+", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"(?<1>:\d\d)[Zz]\b", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Zulu();

    [GeneratedRegex(
        @"(?<1>:\d\d)\s*(?:GMT|UTC|UT|Z)?\s*(?<2>[+-])(?<3>\d{1,4}):?(?<4>\d\d)?(?!\d)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Zone();
}
