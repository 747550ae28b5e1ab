using System.Buffers;

namespace Cybertemp.Mail.Mime.Html;

/// <summary>A start or end tag.</summary>
internal readonly ref struct HtmlTag
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f/>");
    private static readonly SearchValues<char> AttributeEnds = SearchValues.Create(" \t\r\n\f/=");
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t\r\n\f");

    private readonly ReadOnlySpan<char> _attributes;

    private HtmlTag(ReadOnlySpan<char> name, ReadOnlySpan<char> attributes, bool isEnd)
    {
        Name = name;
        _attributes = attributes;
        IsEnd = isEnd;
    }

    public ReadOnlySpan<char> Name { get; }

    public bool IsEnd { get; }

    /// <summary>It has no content, whatever its name.</summary>
    public bool IsSelfClosed => _attributes is [.., '/'];

    /// <summary>Reads one tag.</summary>
    /// <param name="html">Begins with "&lt;" and a letter or "/" and a letter.</param>
    /// <param name="length">Up to and with the closing bracket, or all.</param>
    public static HtmlTag Read(ReadOnlySpan<char> html, out int length)
    {
        var isEnd = html[1] == '/';
        var start = isEnd ? 2 : 1;
        var nameLength = html[start..].IndexOfAny(NameEnds);
        var nameEnd = nameLength < 0 ? html.Length : start + nameLength;
        var end = nameEnd;
        var quote = '\0';
        while (end < html.Length && (quote != '\0' || html[end] != '>'))
        {
            quote = NextQuote(quote, html[end], html[end - 1]);
            end++;
        }

        end = end == html.Length && html[nameEnd..].IndexOf('>') is var bracket and >= 0 ? nameEnd + bracket : end;
        length = Math.Min(end + 1, html.Length);
        return new HtmlTag(html[start..nameEnd], html[nameEnd..end], isEnd);
    }

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value with character references, or nothing.</summary>
    public ReadOnlySpan<char> Attribute(string name)
    {
        var rest = _attributes;
        while (TryReadAttribute(ref rest, out var found, out var value))
        {
            if (found.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return [];
    }

    /// <summary>Quotes count only after '=', so that an apostrophe elsewhere hides nothing.</summary>
    private static char NextQuote(char quote, char character, char before) => quote switch
    {
        '\0' when character is '"' or '\'' && (before == '=' || char.IsWhiteSpace(before)) => character,
        _ when quote == character => '\0',
        _ => quote,
    };

    private static bool TryReadAttribute(
        scoped ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        rest = rest.TrimStart(" \t\r\n\f/");
        var nameEnd = rest.IndexOfAny(AttributeEnds);
        name = nameEnd < 0 ? rest : rest[..Math.Max(nameEnd, 1)];
        value = [];
        if (name.IsEmpty)
        {
            return false;
        }

        rest = rest[name.Length..].TrimStart();
        if (rest is ['=', ..])
        {
            rest = rest[1..].TrimStart();
            value = ReadValue(ref rest);
        }

        return true;
    }

    private static ReadOnlySpan<char> ReadValue(scoped ref ReadOnlySpan<char> rest)
    {
        var isQuoted = rest is ['"' or '\'', ..];
        var body = isQuoted ? rest[1..] : rest;
        var end = isQuoted ? body.IndexOf(rest[0]) : body.IndexOfAny(ValueEnds);
        var value = end < 0 ? body : body[..end];
        rest = end < 0 ? [] : body[(end + 1)..];
        return value;
    }
}
