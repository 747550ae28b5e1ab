namespace Cybertemp.Mail.Mime.Html;

/// <summary>
/// Splits HTML into text and tags in one pass. A comment or quote that is never closed ends at the next "&gt;".
/// </summary>
internal ref struct HtmlTokenizer(ReadOnlySpan<char> html)
{
    private ReadOnlySpan<char> _rest = html;
    private bool _hasUnclosedComment;

    /// <summary>Character references and all.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Valid when <see cref="Text"/> is empty.</summary>
    public HtmlTag Tag { get; private set; }

    public bool TryRead()
    {
        while (!_rest.IsEmpty)
        {
            var start = IndexOfMarkup(_rest);
            if (start != 0)
            {
                Text = start < 0 ? _rest : _rest[..start];
                _rest = _rest[Text.Length..];
                return true;
            }

            Text = [];
            if (_rest[1] is '!' or '?')
            {
                SkipDeclaration();
                continue;
            }

            Tag = HtmlTag.Read(_rest, out var length);
            _rest = _rest[length..];
            return true;
        }

        return false;
    }

    /// <summary>Drops all up to and with the end tag of <paramref name="name"/>; false when there is none.</summary>
    public bool TrySkipElement(ReadOnlySpan<char> name)
    {
        var rest = _rest;
        while (rest.IndexOf("</") is var end and >= 0)
        {
            rest = rest[(end + 2)..];
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                var close = rest.IndexOf('>');
                _rest = close < 0 ? [] : rest[(close + 1)..];
                return true;
            }
        }

        return false;
    }

    public void SkipAll() => _rest = [];

    /// <summary>A '&lt;' that begins no tag is text.</summary>
    private static int IndexOfMarkup(ReadOnlySpan<char> html)
    {
        var position = 0;
        while (html[position..].IndexOf('<') is var next and >= 0)
        {
            position += next;
            if (position + 1 < html.Length && IsMarkup(html[(position + 1)..]))
            {
                return position;
            }

            position++;
        }

        return -1;
    }

    private static bool IsMarkup(ReadOnlySpan<char> afterBracket) =>
        afterBracket[0] is '!' or '?' || char.IsAsciiLetter(afterBracket[0])
        || (afterBracket[0] == '/' && afterBracket.Length > 1 && char.IsAsciiLetter(afterBracket[1]));

    private void SkipDeclaration()
    {
        var end = _rest.StartsWith("<!--") && !_hasUnclosedComment ? _rest[2..].IndexOf("-->") : -1;
        _hasUnclosedComment |= end < 0 && _rest.StartsWith("<!--");
        end = end < 0 ? _rest.IndexOf('>') : end + 4;
        _rest = end < 0 ? [] : _rest[(end + 1)..];
    }
}
