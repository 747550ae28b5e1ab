namespace Cybertemp.Web.Codes.Pages;

/// <summary>
/// Writes a text/plain body onto a page: lines that a mail program wrapped are one again, quoted lines (">") are left
/// out, wide gaps are cells.
/// </summary>
internal static class PlainText
{
    private const int MaxLength = 64_000;
    private const int WrapColumn = 52;
    private const int MaxAddressLines = 4;

    public static void Write(PageText page, string text)
    {
        var rest = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        while (!rest.IsEmpty && !page.IsFull)
        {
            var line = TakeLine(ref rest);
            if (line.TrimStart() is ['>', ..])
            {
                page.BreakLine();
                continue;
            }

            if (IsCutAddress(line) && TakeAddress(line, ref rest) is { } whole)
            {
                line = whole;
            }

            WriteLine(page, line);
            if (!IsWrapped(line, rest))
            {
                page.BreakLine();
            }
        }
    }

    private static ReadOnlySpan<char> TakeLine(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny('\n', '\u2028', '\u2029');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line.TrimEnd();
    }

    private static void WriteLine(PageText page, ReadOnlySpan<char> line)
    {
        var isFirst = true;
        foreach (var range in line.Trim().Split("   "))
        {
            var cell = line.Trim()[range].Trim();
            if (cell.IsEmpty)
            {
                continue;
            }

            if (!isFirst)
            {
                page.BreakCell();
            }

            BodyText.Write(page, cell, isPreformatted: false, isLinked: false);
            isFirst = false;
        }

        page.Write(' ', isPreformatted: false);
    }

    /// <summary>
    /// Whether the next line goes on with the sentence: this one is nearly full and the next has words.
    /// </summary>
    private static bool IsWrapped(ReadOnlySpan<char> line, ReadOnlySpan<char> rest)
    {
        if (line.Length < WrapColumn || line[^1] is ':' or '.' or '!' or '?' or '-' or '=' or '_')
        {
            return false;
        }

        var end = rest.IndexOf('\n');
        var next = end < 0 ? rest : rest[..end];
        return next.Length > 0 && char.IsLetterOrDigit(next[0]) && next.Trim().Contains(' ')
            && !next.StartsWith("http");
    }

    private static bool IsCutAddress(ReadOnlySpan<char> line)
    {
        var start = line.LastIndexOf('<');
        return start >= 0 && line[start..].Contains("://", StringComparison.Ordinal) && !line[start..].Contains('>');
    }

    private static string? TakeAddress(scoped ReadOnlySpan<char> line, ref ReadOnlySpan<char> rest)
    {
        var whole = line.ToString();
        var after = rest;
        for (var count = 1; count < MaxAddressLines && !after.IsEmpty; count++)
        {
            whole += TakeLine(ref after).Trim().ToString();
            if (whole.Contains('>', StringComparison.Ordinal))
            {
                rest = after;
                return whole;
            }
        }

        return null;
    }
}
