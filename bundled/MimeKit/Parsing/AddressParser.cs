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

    /// <summary>Null when there is more than one, or what cannot be read.</summary>
    public static InternetAddress? ParseOne(ReadOnlySpan<byte> text)
    {
        var parser = new AddressParser(text, isLenient: false);
        return parser.Read() is { } address && parser._scanner.SkipCfws() && parser._scanner.AtEnd ? address : null;
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

        return addresses.Count > 0 && (isReadable || isLenient);
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
        if (!_scanner.SkipCfws() || _scanner.AtEnd)
        {
            return null;
        }

        var start = _scanner.Position;
        if (!SkipPhrase(out var nameStart, out var nameEnd))
        {
            return null;
        }

        return _scanner.AtAddressEnd ? ReadAddrSpec(start, hasDomain: false) : (char)_scanner.Current switch
        {
            ':' => ReadGroup(Name(nameStart, nameEnd)),
            '@' => ReadAddrSpec(start, hasDomain: true),
            '<' => ReadAngleAddr(Name(nameStart, nameEnd)),
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
        while (isReadable && TrySkipPhraseWord(ref nameStart))
        {
            nameEnd = _scanner.Position;
            isReadable = _scanner.SkipCfws();
            while (isReadable && _scanner.Accept('.'))
            {
                nameEnd = _scanner.Position;
                isReadable = _scanner.SkipCfws();
            }

            if (isReadable && _scanner.Accept(','))
            {
                nameEnd = _scanner.Position;
                isReadable = _scanner.SkipCfws();
            }
        }

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
            return _scanner.Position > start || _scanner.Skip(Octets.Atom);
        }

        _scanner.Position = start + 1;
        _scanner.Skip(Octets.WhiteSpace);
        nameStart += nameStart == start ? 1 : 0;
        return _scanner.Skip(Octets.Atom);
    }

    private readonly string Name(int start, int end) =>
        start < end ? HeaderText.Unquote(Rfc2047Decoder.Decode(_text[start..end]), tabsToBlanks: true) : "";

    private MailboxAddress? ReadAddrSpec(int start, bool hasDomain)
    {
        _scanner.Position = start;
        var address = hasDomain ? AddrSpecParser.Read(ref _scanner) : AddrSpecParser.ReadLocalPart(ref _scanner);
        if (address is null || !TryReadTrailingComment(out var name))
        {
            return null;
        }

        if (hasDomain && _scanner.At('<'))
        {
            return ReadAngleAddr(Name(start, start + _scanner.From(start).TrimEnd(" \t\r\n"u8).Length));
        }

        _scanner.Accept('>');
        return hasDomain || _scanner.AtAddressEnd ? new MailboxAddress(name, address) : null;
    }

    /// <summary>The display name of old: "a@example.org (A Name)".</summary>
    private bool TryReadTrailingComment(out string name)
    {
        name = "";
        _scanner.Skip(Octets.WhiteSpace);
        var start = _scanner.Position;
        if (!_scanner.At('('))
        {
            return true;
        }

        if (!_scanner.SkipComment())
        {
            return false;
        }

        name = Rfc2047Decoder.Decode(_scanner.From(start)[1..^1]).Trim();
        return _scanner.SkipCfws();
    }

    private MailboxAddress? ReadAngleAddr(string name)
    {
        SkipAll('<');
        if (!_scanner.SkipCfws() || !AddrSpecParser.TryReadRoute(ref _scanner, out var route)
            || AddrSpecParser.Read(ref _scanner) is not { } address || !_scanner.SkipCfws())
        {
            return null;
        }

        SkipAll('>');
        return new MailboxAddress(name, address, route);
    }

    private GroupAddress? ReadGroup(string name)
    {
        if (_groupDepth >= MaxGroupDepth)
        {
            return null;
        }

        SkipAll(':');
        _groupDepth++;
        _ = TryReadList(out var members);
        _groupDepth--;
        _scanner.SkipTo(';');
        _scanner.Accept(';');
        return new GroupAddress(name, new InternetAddressList(members));
    }

    private void SkipAll(char bracket)
    {
        while (_scanner.Accept(bracket))
        {
        }
    }
}
