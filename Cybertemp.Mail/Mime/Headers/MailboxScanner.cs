using System.Buffers;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>
/// The mailboxes of an address list (RFC 5322 §3.4), as a reader takes them: an address in angle brackets with what
/// stands before it as its name, else whatever has an at sign. One pass, whatever the text.
/// </summary>
internal ref struct MailboxScanner(string text, int maxMailboxes)
{
    private static readonly SearchValues<char> Specials = SearchValues.Create("\"(<,;:");

    private const string Blanks = " \t";
    private const string AroundNames = " \t[](){}<>,;:|\"'";
    private const string Link = "mailto:";

    private readonly List<Mailbox> _mailboxes = [];
    private readonly ArrayBufferWriter<char> _phrase = new();
    private readonly int _fromLastSemicolon = text.Length - text.LastIndexOf(';');
    private ReadOnlySpan<char> _rest = text;
    private ReadOnlySpan<char> _comment = [];
    private bool _hasAtSign;
    private bool _hasUnclosedQuote;

    /// <summary>In the order of the text; encoded-words stay in the names.</summary>
    public static List<Mailbox> Scan(string text, int maxMailboxes)
    {
        var scanner = new MailboxScanner(text, maxMailboxes);
        scanner.Scan();
        return scanner._mailboxes;
    }

    private void Scan()
    {
        while (!_rest.IsEmpty && _mailboxes.Count < maxMailboxes)
        {
            _rest = _rest[ReadNext()..];
        }

        EndPhrase(separator: []);
        var word = _phrase.WrittenSpan.Trim(Blanks);
        if (_mailboxes.Count == 0 && !word.IsEmpty && !word.ContainsAny(Blanks))
        {
            _mailboxes.Add(new Mailbox("", word.ToString()));
        }
    }

    /// <summary>How much was read.</summary>
    private int ReadNext()
    {
        switch (_rest[0])
        {
            case '"' when !_hasUnclosedQuote:
                return ReadQuoted();
            case '"':
                return 1;
            case '(':
                return ReadComment();
            case '<':
                return ReadBrackets();
            case ',' or ';':
                EndPhrase(_rest[..1]);
                return 1;
            case ':' when !_hasAtSign && _rest.Length >= _fromLastSemicolon:
                // A group: its name is before the colon, a semicolon ends it.
                _phrase.ResetWrittenCount();
                return 1;
            default:
                var length = _rest[1..].IndexOfAny(Specials) + 1;
                return Append(_rest[..(length > 0 ? length : _rest.Length)]);
        }
    }

    private int Append(ReadOnlySpan<char> text)
    {
        _phrase.Write(text);
        _hasAtSign = _hasAtSign || text.ContainsAny('@', '\uFF20');
        return text.Length;
    }

    /// <summary>
    /// A name without its quotes, or a local part with them; a quote that is never closed is overlooked.
    /// </summary>
    private int ReadQuoted()
    {
        var end = 1;
        while (end < _rest.Length && _rest[end] != '"')
        {
            end += _rest[end] == '\\' ? 2 : 1;
        }

        if (end >= _rest.Length)
        {
            _hasUnclosedQuote = true;
            return 1;
        }

        if (_rest[(end + 1)..] is ['@', ..])
        {
            return Append(_rest[..(end + 1)]);
        }

        for (var index = 1; index < end; index++)
        {
            index += _rest[index] == '\\' ? 1 : 0;
            _phrase.Write(_rest.Slice(index, 1));
        }

        return end + 1;
    }

    /// <summary>Behind an address it is a name, within a name it is part of it, elsewhere nothing.</summary>
    private int ReadComment()
    {
        var (depth, end) = (1, 1);
        while (end < _rest.Length && depth > 0)
        {
            depth += _rest[end] switch { '(' => 1, ')' => -1, _ => 0 };
            end += _rest[end] == '\\' ? 2 : 1;
        }

        end = Math.Min(end, _rest.Length);
        if (_hasAtSign)
        {
            _comment = _rest[1..(depth == 0 ? end - 1 : end)];
        }
        else if (!_phrase.WrittenSpan.IsWhiteSpace() && _rest[end..].TrimStart(Blanks) is not ['<', ..])
        {
            _phrase.Write(_rest[..end]);
        }

        return end;
    }

    private int ReadBrackets()
    {
        var close = _rest.IndexOf('>');
        var end = close >= 0 ? close : _rest[1..].IndexOfAny(',', ';') + 1;
        end = end > 0 ? end : _rest.Length;
        AddBracketed(_rest[(_rest[..end].LastIndexOf('<') + 1)..end].Trim(Blanks).ToString());
        return close < 0 ? end : close + 1;
    }

    private void AddBracketed(string inner)
    {
        inner = inner.Contains("=?", StringComparison.Ordinal) ? EncodedWords.Decode(inner) : inner;
        inner = inner.Contains('@', StringComparison.Ordinal)
            ? inner
            : inner.Replace("%40", "@", StringComparison.Ordinal);
        var address = AddressText.TryFind(inner, 0, out var found) ? AddressText.Clean(inner.AsSpan(found)) : inner;
        if (address.Length > 0)
        {
            _mailboxes.Add(new Mailbox(_phrase.WrittenSpan.Trim(Blanks).ToString(), address));
        }

        ClearPhrase();
    }

    /// <summary>The addresses without brackets before a separator; words without any belong to the next name.</summary>
    private void EndPhrase(ReadOnlySpan<char> separator)
    {
        var phrase = _phrase.WrittenSpan;
        var start = 0;
        while (_hasAtSign && _mailboxes.Count < maxMailboxes && AddressText.TryFind(phrase, start, out var address))
        {
            var name = phrase[start..address.Start.Value].Trim(AroundNames);
            name = name.EndsWith(Link.AsSpan(..^1), StringComparison.OrdinalIgnoreCase)
                ? name[..^(Link.Length - 1)].Trim(AroundNames)
                : name;
            _mailboxes.Add(
                new Mailbox((name.IsEmpty ? _comment : name).ToString(), AddressText.Clean(phrase[address])));
            start = address.End.Value;
            _comment = [];
        }

        if (start > 0 || (separator.IsEmpty && _mailboxes.Count > 0))
        {
            NameLast(phrase[start..].Trim(AroundNames));
            ClearPhrase();
        }
        else if (!phrase.IsWhiteSpace())
        {
            _phrase.Write(separator);
        }
    }

    /// <summary>A name may stand behind its address.</summary>
    private readonly void NameLast(ReadOnlySpan<char> name)
    {
        if (!name.IsEmpty && _mailboxes is [.., { Name.Length: 0 } last])
        {
            _mailboxes[^1] = last with { Name = name.ToString() };
        }
    }

    private void ClearPhrase()
    {
        _phrase.ResetWrittenCount();
        _hasAtSign = false;
        _comment = [];
    }
}
