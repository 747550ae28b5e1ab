namespace MimeKit.Parsing;

/// <summary>
/// address-list, mailbox and group (RFC 5322 §3.4), taking what mailers write: unquoted commas and dots in names,
/// missing or repeated angle brackets, local-parts without a domain. Leniently, what cannot be read is passed over up to
/// the next comma.
/// </summary>
internal ref struct AddressParser(ReadOnlySpan<byte> text, bool isLenient)
{
    private const int MaxGroupDepth = 3;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _phraseStart;
    private int _phraseEnd;
    private int _groupDepth;
    private Scanner _scanner = new(text);

    public static bool TryParseList(ReadOnlySpan<byte> text, bool isLenient, out List<InternetAddress> addresses)
    {
        var parser = new AddressParser(text, isLenient);
        return parser.TryReadList(out addresses);
    }

    /// <summary>Null when it is a group or cannot be read, or when something follows and <paramref name="isLenient"/> is false.</summary>
    public static MailboxAddress? ParseMailbox(ReadOnlySpan<byte> text, bool isLenient)
    {
        var parser = new AddressParser(text, isLenient);
        var mailbox = parser.Read() as MailboxAddress;
        return isLenient || (parser._scanner.SkipCfws() && parser._scanner.AtEnd) ? mailbox : null;
    }

    /// <summary>In a group up to, not past, the ';'.</summary>
    private bool TryReadList(out List<InternetAddress> addresses)
    {
        addresses = [];
        var isReadable = _scanner.SkipCfws();
        while (isReadable && !AtListEnd())
        {
            if (Read() is { } address)
            {
                addresses.Add(address);
            }
            else if (!isLenient)
            {
                return false;
            }
            else
            {
                SkipAddress();
            }

            isReadable = SkipSeparators();
        }

        return addresses.Count > 0 && isReadable;
    }

    private readonly bool AtListEnd() => _scanner.AtEnd || (_groupDepth > 0 && _scanner.At(';'));

    private bool SkipSeparators()
    {
        var isReadable = _scanner.SkipCfws();
        while (isReadable && _scanner.Accept(','))
        {
            isReadable = _scanner.SkipCfws();
        }

        return isReadable;
    }

    /// <summary>A comma within quotes does not end it.</summary>
    private void SkipAddress()
    {
        while (!AtListEnd() && !_scanner.At(','))
        {
            if (!_scanner.At('"') || !_scanner.SkipQuoted())
            {
                _scanner.Position += _scanner.AtEnd ? 0 : 1;
            }
        }
    }

    /// <summary>The phrase decides by what follows it: nothing, ':', '@' or an angle bracket.</summary>
    private InternetAddress? Read()
    {
        var isThere = _scanner.SkipCfws() && !_scanner.AtEnd;
        var start = _scanner.Position;
        if (!isThere || !SkipPhrase(out var nameStart, out var nameEnd))
        {
            return null;
        }

        return _scanner.AtEnd ? ReadLocalPart(start, ',') : (char)_scanner.Current switch
        {
            ':' => ReadGroup(HeaderText.Unquote(Rfc2047Decoder.Decode(_text[nameStart..nameEnd]), tabsToBlanks: true)),
            '@' => ReadAddrSpec(start),
            '<' => ReadAngleAddr(Name(nameStart, nameEnd)),
            var end when _scanner.AtAddressEnd => ReadLocalPart(start, end),
            _ => null,
        };
    }

    /// <summary>
    /// Words with the dots and commas between them. A run of words that ends in no name is scanned once, not again
    /// for each of its words: a list of a million words costs a million steps.
    /// </summary>
    private bool SkipPhrase(out int nameStart, out int nameEnd)
    {
        var start = nameStart = nameEnd = _scanner.Position;
        if (_phraseStart < start && start < _phraseEnd)
        {
            _scanner.Position = _phraseEnd;
            return true;
        }

        var isReadable = true;
        for (var isQuoted = _scanner.At('"'); isReadable && TrySkipPhraseWord(ref nameStart); isQuoted = _scanner.At('"'))
        {
            nameEnd = _scanner.Position;
            isReadable = _scanner.SkipCfws();
            while (isReadable && _scanner.Accept('.'))
            {
                nameEnd = _scanner.Position;
                isReadable = _scanner.SkipCfws();
            }

            if (isReadable && !isQuoted && _scanner.Accept(','))
            {
                nameEnd = _scanner.Position;
                isReadable = _scanner.SkipCfws();
            }
        }

        nameEnd = Math.Max(nameStart, nameEnd);
        WorkMeter.Add(_scanner.Position - start);
        (_phraseStart, _phraseEnd) = (start, _scanner.At('<') || _scanner.At(':') ? start : _scanner.Position);
        return isReadable;
    }

    /// <summary>A quote that is never closed is taken for part of the word.</summary>
    private bool TrySkipPhraseWord(ref int nameStart)
    {
        var start = _scanner.Position;
        if (!_scanner.At('"') || _scanner.SkipQuoted())
        {
            return _scanner.Position > start || _scanner.Skip(Octets.Phrase);
        }

        _scanner.Position = start + 1;
        _scanner.Skip(Octets.WhiteSpace);
        nameStart += nameStart == start ? 1 : 0;
        return _scanner.Skip(Octets.Phrase);
    }

    private readonly string Name(int start, int end)
    {
        var unquoted = HeaderText.Unquote(Encoding.Latin1.GetString(_text[start..end]), tabsToBlanks: true);
        return Rfc2047Decoder.Decode(Encoding.Latin1.GetBytes(unquoted));
    }

    /// <summary>Without a domain; <paramref name="end"/> is what follows.</summary>
    private MailboxAddress? ReadLocalPart(int start, char end)
    {
        _scanner.Position = start;
        if (AddrSpecParser.ReadLocalPart(ref _scanner) is not { } address || !TryReadTrailingComment(out var name))
        {
            return null;
        }

        _scanner.Accept('>');
        return _scanner.AtEnd || _scanner.At(end) ? new MailboxAddress(name, address) : null;
    }

    private MailboxAddress? ReadAddrSpec(int start)
    {
        _scanner.Position = start;
        if (AddrSpecParser.Read(ref _scanner) is not { } address || !TryReadTrailingComment(out var name) || !_scanner.SkipCfws())
        {
            return null;
        }

        if (_scanner.At('<'))
        {
            return ReadAngleAddr(Name(start, start + _scanner.From(start).TrimEnd(" \t\r\n"u8).Length));
        }

        _scanner.Accept('>');
        return new MailboxAddress(name, address);
    }

    /// <summary>The display name of old: "a@example.org (A Name)".</summary>
    private bool TryReadTrailingComment(out string name)
    {
        name = "";
        _scanner.Skip(Octets.WhiteSpace);
        var start = _scanner.Position;
        if (!_scanner.At('(') || !_scanner.SkipComment())
        {
            return _scanner.Position == start;
        }

        name = Rfc2047Decoder.Decode(_scanner.From(start)[1..^1]).Trim();
        return _scanner.SkipCfws();
    }

    private MailboxAddress? ReadAngleAddr(string name)
    {
        SkipAll("<"u8);
        if (!_scanner.SkipCfws() || !AddrSpecParser.TryReadRoute(ref _scanner, out var route)
            || AddrSpecParser.Read(ref _scanner) is not { } address || !_scanner.SkipCfws())
        {
            return null;
        }

        SkipAll(">"u8);
        return new MailboxAddress(name, address, route);
    }

    private GroupAddress? ReadGroup(string name)
    {
        if (_groupDepth >= MaxGroupDepth)
        {
            return null;
        }

        SkipAll(": \t"u8);
        _groupDepth++;
        var isReadable = TryReadList(out var members);
        _groupDepth--;
        if (!_scanner.Accept(';'))
        {
            _scanner.SkipTo(';');
        }

        return new GroupAddress(name, new InternetAddressList(isReadable ? members : []));
    }

    private void SkipAll(ReadOnlySpan<byte> octets)
    {
        var length = _scanner.Rest.IndexOfAnyExcept(octets);
        _scanner.Position = length < 0 ? _text.Length : _scanner.Position + length;
    }
}
