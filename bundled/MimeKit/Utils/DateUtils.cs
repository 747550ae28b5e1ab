namespace MimeKit.Utils;

/// <summary>date-time (RFC 5322 §3.3), else whatever year, month, day, time and zone its words can be taken for.</summary>
public static class DateUtils
{
    private const int MaxTokens = 32;

    private static readonly SearchValues<byte> Delimiters = SearchValues.Create("-/, \t\r\n"u8);

    public static bool TryParse(string text, out DateTimeOffset date) => TryParse(Encoding.UTF8.GetBytes(text), out date);

    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        Span<Range> tokens = stackalloc Range[MaxTokens];
        tokens = tokens[..Tokenize(text, tokens)];
        var characters = Encoding.Latin1.GetString(text).AsSpan();
        return TryParseStandard(characters, tokens, out date) || TryParseAnyOrder(characters, tokens, out date);
    }

    private static int Tokenize(ReadOnlySpan<byte> text, Span<Range> tokens)
    {
        var count = 0;
        var scanner = new Scanner(text);
        while (count < tokens.Length && scanner.SkipCfws() && !scanner.AtEnd)
        {
            var start = scanner.Position;
            var length = scanner.Rest[1..].IndexOfAny(Delimiters);
            scanner.Position = length < 0 ? text.Length : start + 1 + length;
            tokens[count++] = start..scanner.Position;
            scanner.Position++;
        }

        return count;
    }

    private static bool TryParseStandard(ReadOnlySpan<char> text, ReadOnlySpan<Range> tokens, out DateTimeOffset date)
    {
        date = default;
        tokens = tokens.Length > 0 && new DateToken(text[tokens[0]]).IsWeekday ? tokens[1..] : tokens;
        if (tokens.Length < 5
            || !new DateToken(text[tokens[0]]).TryGetNumber(out var day) || day is < 1 or > 31
            || !new DateToken(text[tokens[1]]).TryGetMonth(out var month)
            || !new DateToken(text[tokens[2]]).TryGetYear(out var year)
            || !new DateToken(text[tokens[3]]).TryGetTime(out var time))
        {
            return false;
        }

        tokens = new DateToken(text[tokens[4]]).TryMove(ref time) ? tokens[5..] : tokens[4..];
        var zone = tokens.Length > 0 && new DateToken(text[tokens[0]]).TryGetZone(out var found) ? found : 0;
        return DateBuilder.TryCreate(year, month, day, time, zone, out date);
    }

    private static bool TryParseAnyOrder(ReadOnlySpan<char> text, ReadOnlySpan<Range> tokens, out DateTimeOffset date)
    {
        var builder = new DateBuilder();
        foreach (var token in tokens)
        {
            builder.Take(new DateToken(text[token]));
        }

        return builder.TryBuild(out date);
    }
}
