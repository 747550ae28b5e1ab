namespace Cybertemp.ServiceDefaults.Configuration;

/// <summary>
/// The <c>.env</c> format: <c>KEY=value</c> a line, <c>#</c> comments, an optional <c>export</c>, single quotes for
/// literal text, double quotes with <c>\n</c>, <c>\"</c> and <c>\\</c>. No expansion of variables.
/// </summary>
public static class DotEnvFile
{
    private const string Export = "export ";

    /// <summary>Reads the assignments; the last one of a key wins.</summary>
    /// <exception cref="ConfigurationException">
    /// A line is not an assignment; it is named by its number, never by its content.
    /// </exception>
    public static IReadOnlyDictionary<string, string?> Parse(string text)
    {
        var assignments = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var trimmed = line.AsSpan().Trim();
            if (!trimmed.IsEmpty && trimmed[0] != '#')
            {
                var (key, value) = Assignment(trimmed, number);
                assignments[key] = value;
            }
        }

        return assignments;
    }

    private static (string Key, string Value) Assignment(ReadOnlySpan<char> line, int number)
    {
        line = line.StartsWith(Export, StringComparison.Ordinal) ? line[Export.Length..].TrimStart() : line;
        var equals = line.IndexOf('=');
        var key = equals < 0 ? default : line[..equals].TrimEnd();
        if (key.IsEmpty || key.ContainsAny(" \t\"'"))
        {
            throw new ConfigurationException($".env line {number}: allowed are KEY=value, comments and empty lines.");
        }

        // A double underscore separates sections, as in the environment.
        return (
            key.ToString().Replace("__", ":", StringComparison.Ordinal), Value(line[(equals + 1)..].Trim(), number));
    }

    private static string Value(ReadOnlySpan<char> value, int number)
    {
        if (value.IsEmpty || value[0] is not ('"' or '\''))
        {
            var comment = value.IndexOf(" #", StringComparison.Ordinal);
            return (comment < 0 ? value : value[..comment].TrimEnd()).ToString();
        }

        var quote = value[0];
        var end = ClosingQuote(value, quote);
        var rest = end < 0 ? default : value[(end + 1)..].TrimStart();
        if (end < 0 || (!rest.IsEmpty && rest[0] != '#'))
        {
            throw new ConfigurationException(
                $".env line {number}: the value starts with a quote and must end with the same.");
        }

        var inner = value[1..end].ToString();
        return quote == '\'' ? inner : Unescape(inner);
    }

    private static int ClosingQuote(ReadOnlySpan<char> value, char quote)
    {
        for (var i = 1; i < value.Length; i++)
        {
            if (value[i] == '\\' && quote == '"')
            {
                i++;
            }
            else if (value[i] == quote)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Unescape(string value)
    {
        var text = new System.Text.StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var escaped = value[i] == '\\' && i + 1 < value.Length;
            text.Append(escaped ? value[++i] switch { 'n' => '\n', 't' => '\t', var c => c } : value[i]);
        }

        return text.ToString();
    }
}
