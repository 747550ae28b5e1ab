namespace MimeKit.Utils;

/// <summary>Unfolding (RFC 5322 §2.2.3) and quoting (§3.2.4) of decoded header text.</summary>
internal static class HeaderText
{
    /// <summary>Line ends are dropped and the blanks after them stay.</summary>
    public static string Unfold(string text) =>
        text.Trim().Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    public static string Unquote(string text, bool tabsToBlanks = false)
    {
        if (text.AsSpan().IndexOfAny("\r\n\t\\\"") < 0)
        {
            return text;
        }

        var unquoted = new StringBuilder(text.Length);
        var isEscaped = false;
        foreach (var character in text)
        {
            if (character is not ('\r' or '\n') && (isEscaped || character is not ('\\' or '"')))
            {
                unquoted.Append(character == '\t' && tabsToBlanks ? ' ' : character);
            }

            isEscaped = character == '\\' && !isEscaped;
        }

        return unquoted.ToString();
    }

    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
