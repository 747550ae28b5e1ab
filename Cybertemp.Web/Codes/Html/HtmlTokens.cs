namespace Cybertemp.Web.Codes.Html;

/// <summary>
/// Cuts HTML into texts and tags; comments, declarations and processing instructions are left out. One pass, no copies;
/// what is never closed goes to the end.
/// </summary>
internal ref struct HtmlTokens(ReadOnlySpan<char> html)
{
    private ReadOnlySpan<char> _rest = html;

    /// <summary>Characters as sent, entities and all; empty for a tag.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>What stands between name and ">".</summary>
    public ReadOnlySpan<char> Attributes { get; private set; }

    public bool IsEndTag { get; private set; }

    public bool TryRead()
    {
        Text = [];
        Name = [];
        Attributes = [];
        while (!_rest.IsEmpty)
        {
            if (_rest[0] != '<')
            {
                Text = Take(_rest.IndexOf('<'));
                return true;
            }

            if (_rest.Length > 1 && _rest[1] is '!' or '?')
            {
                SkipDeclaration();
            }
            else if (TryReadTag())
            {
                return true;
            }
            else
            {
                Text = Take(1 + _rest[1..].IndexOf('<') is var length and not 0 ? length : -1);
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes behind the end tag of <paramref name="name"/>; what stood before it.</summary>
    public ReadOnlySpan<char> TakeRaw(ReadOnlySpan<char> name)
    {
        var start = _rest;
        while (!_rest.IsEmpty)
        {
            Take(_rest.IndexOf("</"));
            if (_rest.Length >= 2 + name.Length
                && _rest.Slice(2, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                var raw = start[..^_rest.Length];
                Take(EndOfTag(_rest));
                return raw;
            }

            _rest = _rest.IsEmpty ? _rest : _rest[2..];
        }

        return start;
    }

    /// <summary>To <paramref name="length"/>, to the end when it is negative.</summary>
    private ReadOnlySpan<char> Take(int length)
    {
        var taken = length < 0 ? _rest : _rest[..length];
        _rest = _rest[taken.Length..];
        return taken;
    }

    private void SkipDeclaration()
    {
        var isComment = _rest.StartsWith("<!--");
        var end = isComment ? _rest[4..].IndexOf("-->") : _rest.IndexOf('>');
        Take(end < 0 ? -1 : end + (isComment ? 7 : 1));
    }

    private bool TryReadTag()
    {
        IsEndTag = _rest.Length > 1 && _rest[1] == '/';
        var start = IsEndTag ? 2 : 1;
        if (_rest.Length <= start || !char.IsAsciiLetter(_rest[start]))
        {
            return false;
        }

        var tag = Take(EndOfTag(_rest))[start..];
        var end = 1;
        while (end < tag.Length && tag[end] is not (' ' or '\t' or '\r' or '\n' or '/' or '>'))
        {
            end++;
        }

        Name = tag[..end];
        Attributes = tag[end..].TrimEnd('>');
        return true;
    }

    /// <summary>Behind the ">" that is in no quoted value; behind the first one when a value is never closed.</summary>
    private static int EndOfTag(ReadOnlySpan<char> tag)
    {
        for (var index = 1; index < tag.Length; index++)
        {
            var found = tag[index..].IndexOfAny('>', '"', '\'');
            index = found < 0 ? tag.Length : index + found;
            if (found < 0 || tag[index] == '>')
            {
                return found < 0 ? -1 : index + 1;
            }

            if (tag[..index].TrimEnd() is [.., '='])
            {
                var close = tag[(index + 1)..].IndexOf(tag[index]);
                if (close < 0)
                {
                    var first = tag.IndexOf('>');
                    return first < 0 ? -1 : first + 1;
                }

                index += close + 1;
            }
        }

        return -1;
    }
}
