using System.Text;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>Splits an unfolded field into parameters; what stands before the first semicolon is none.</summary>
internal ref struct FieldParameters(string field)
{
    private ReadOnlySpan<char> _rest = field;

    /// <summary>The next one with its asterisks, and the value without its quotes.</summary>
    public bool TryRead(out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        while (_rest.IndexOf(';') is var separator and >= 0)
        {
            _rest = SkipComments(_rest[(separator + 1)..]);
            var equals = _rest.IndexOfAny('=', ';');
            if (equals > 0 && _rest[equals] == '=')
            {
                name = _rest[..equals];
                var comment = name.IndexOf('(');
                name = (comment < 0 ? name : name[..comment]).Trim();
                _rest = SkipComments(_rest[(equals + 1)..]);
                value = ReadValue();
                return true;
            }
        }

        name = value = [];
        return false;
    }

    /// <summary>A quoted-string, closed or not, or all up to the next semicolon.</summary>
    private ReadOnlySpan<char> ReadValue()
    {
        var isQuoted = _rest is ['"', ..];
        var end = isQuoted ? EndOfQuoted() : _rest.IndexOf(';');
        var value = end < 0 ? _rest : _rest[..end];
        _rest = _rest[value.Length..];
        return isQuoted ? Unescape(value[1..]) : value.Trim();
    }

    private readonly int EndOfQuoted()
    {
        var end = 1;
        while (end < _rest.Length && _rest[end] != '"')
        {
            end += IsEscape(_rest, end) ? 2 : 1;
        }

        return end < _rest.Length ? end : -1;
    }

    private static ReadOnlySpan<char> Unescape(ReadOnlySpan<char> quoted)
    {
        if (!quoted.Contains('\\'))
        {
            return quoted;
        }

        var value = new StringBuilder(quoted.Length);
        for (var index = 0; index < quoted.Length; index++)
        {
            index += IsEscape(quoted, index) ? 1 : 0;
            value.Append(quoted[index]);
        }

        return value.ToString();
    }

    /// <summary>A backslash before anything else is that of a path.</summary>
    private static bool IsEscape(ReadOnlySpan<char> text, int index) => text[index..] is ['\\', '"' or '\\', ..];

    private static ReadOnlySpan<char> SkipComments(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        while (text is ['(', ..] && text.IndexOf(')') is var end and > 0)
        {
            text = text[(end + 1)..].TrimStart();
        }

        return text;
    }
}
