using System.Text;

namespace MimeKit.Utils;

/// <summary>Unfolding (RFC 5322 §2.2.3) and quoting (§3.2.4) of decoded header text.</summary>
internal static class HeaderText
{
    /// <summary>Line ends are dropped and the blanks after them stay.</summary>
    public static string Unfold(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IndexOfAny('\r', '\n') < 0)
        {
            return trimmed.Length == text.Length ? text : trimmed.ToString();
        }

        var unfolded = new StringBuilder(trimmed.Length);
        foreach (var character in trimmed)
        {
            if (character is not ('\r' or '\n'))
            {
                unfolded.Append(character);
            }
        }

        return unfolded.ToString();
    }

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

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            if (character is '\\' or '"')
            {
                quoted.Append('\\');
            }

            quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }
}
