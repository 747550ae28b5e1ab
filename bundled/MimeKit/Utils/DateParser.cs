using System.Text;
using MimeKit.Parsing;

namespace MimeKit.Utils;

/// <summary>date-time (RFC 5322 §3.3), else whatever year, month, day, time and zone its words can be taken for.</summary>
internal static class DateParser
{
    private const int MaxTokens = 32;

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        Span<Range> tokens = stackalloc Range[MaxTokens];
        var count = Tokenize(text, tokens);
        var characters = Encoding.Latin1.GetString(text);
        return TryParseStandard(characters, tokens[..count], out date)
            || TryParseAnyOrder(characters, tokens[..count], out date);
    }

    private static int Tokenize(ReadOnlySpan<byte> text, Span<Range> tokens)
    {
        var count = 0;
        var scanner = new Scanner(text);
        while (count < tokens.Length && scanner.SkipCommentsAndWhiteSpace() && !scanner.AtEnd)
        {
            var start = scanner.Position++;
            while (!scanner.AtEnd && !IsDelimiter(scanner.Current))
            {
                scanner.Position++;
            }

            if (scanner.Position > start + 1 || !IsDelimiter(scanner.Slice(start, start + 1)[0]))
            {
                tokens[count++] = start..scanner.Position;
            }

            scanner.Position++;
        }

        return count;
    }

    private static bool IsDelimiter(byte octet) => octet is (byte)'-' or (byte)'/' or (byte)',' || Octets.IsWhiteSpace(octet);

    private static bool TryParseStandard(string text, ReadOnlySpan<Range> tokens, out DateTimeOffset date)
    {
        date = default;
        var hasWeekday = tokens.Length > 0 && new DateToken(text.AsSpan(tokens[0])).IsWeekday;
        var rest = hasWeekday ? tokens[1..] : tokens;
        if (rest.Length < 5
            || !new DateToken(text.AsSpan(rest[0])).TryGetDay(out var day)
            || !new DateToken(text.AsSpan(rest[1])).TryGetMonth(out var month)
            || !new DateToken(text.AsSpan(rest[2])).TryGetYear(out var year)
            || !new DateToken(text.AsSpan(rest[3])).TryGetTime(out var time))
        {
            return false;
        }

        var zone = new DateToken(text.AsSpan(rest[4])).TryGetZone(out var found) ? found : 0;
        return TryCreate(year, month, day, time, zone, out date);
    }

    private static bool TryParseAnyOrder(string text, ReadOnlySpan<Range> tokens, out DateTimeOffset date)
    {
        var builder = new DateBuilder();
        foreach (var range in tokens)
        {
            if (!builder.TryTake(new DateToken(text.AsSpan(range))))
            {
                date = default;
                return false;
            }
        }

        date = default;
        return builder is { Year: { } year, Month: { } month, Day: { } day }
            && TryCreate(year, month, day, builder.Time ?? TimeSpan.Zero, builder.Zone ?? 0, out date);
    }

    private static bool TryCreate(int year, int month, int day, TimeSpan time, int zone, out DateTimeOffset date)
    {
        date = default;
        if (year is < 1 or > 9999 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var offset = new TimeSpan(zone / 100, zone % 100, 0);
        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time;
        if (offset.Duration() > TimeSpan.FromHours(14)
            || local.Ticks - offset.Ticks < 0 || local.Ticks - offset.Ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        date = new DateTimeOffset(local, offset);
        return true;
    }
}
