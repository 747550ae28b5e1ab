namespace MimeKit.Utils;

/// <summary>The attributes of one start tag, as HTML reads them.</summary>
internal static class HtmlAttribute
{
    /// <summary>False at the end of the tag.</summary>
    public static bool TryRead(string text, ref int position, out string name, out string value)
    {
        Skip(text, ref position, static c => char.IsWhiteSpace(c) || c == '/');
        name = Skip(text, ref position, static c => !char.IsWhiteSpace(c) && c is not ('=' or '>' or '/'));
        value = "";
        if (name.Length == 0)
        {
            return false;
        }

        Skip(text, ref position, char.IsWhiteSpace);
        if (position < text.Length && text[position] == '=')
        {
            position++;
            Skip(text, ref position, char.IsWhiteSpace);
            value = ReadValue(text, ref position);
        }

        return true;
    }

    private static string ReadValue(string text, ref int position)
    {
        if (position >= text.Length || text[position] is not ('"' or '\''))
        {
            return Skip(text, ref position, static c => !char.IsWhiteSpace(c) && c != '>');
        }

        var quote = text[position++];
        var end = text.IndexOf(quote, position);
        var value = text[position..(end < 0 ? text.Length : end)];
        position = end < 0 ? text.Length : end + 1;
        return value;
    }

    private static string Skip(string text, ref int position, Func<char, bool> matches)
    {
        var start = position;
        while (position < text.Length && matches(text[position]))
        {
            position++;
        }

        return text[start..position];
    }
}
