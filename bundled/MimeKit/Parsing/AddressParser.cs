using MimeKit.Utils;

namespace MimeKit.Parsing;

/// <summary>
/// mailbox and group (RFC 5322 §3.4), taking what mailers write: unquoted commas and dots in names, missing or
/// repeated angle brackets, local-parts without a domain.
/// </summary>
internal ref struct AddressParser(ReadOnlySpan<byte> text, bool isLenient)
{
    private const int MaxGroupDepth = 3;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _phraseStart;
    private int _phraseEnd;

    public Scanner Scanner = new(text);

    /// <summary>An address that cannot be read does not spoil the list.</summary>
    public readonly bool IsLenient => isLenient;

    public static bool TryParseOne(ReadOnlySpan<byte> text, out InternetAddress address)
    {
        var parser = new AddressParser(text, isLenient: false);
        return parser.TryRead(groupDepth: 0, out address) && parser.Scanner.SkipCfws() && parser.Scanner.AtEnd;
    }

    /// <summary>The phrase decides by what follows it: nothing, ':', '@' or an angle bracket.</summary>
    public bool TryRead(int groupDepth, out InternetAddress address)
    {
        address = null!;
        if (!Scanner.SkipCfws() || Scanner.AtEnd)
        {
            return false;
        }

        var start = Scanner.Position;
        if (!SkipPhrase(out var nameStart, out var nameEnd))
        {
            return false;
        }

        return Scanner.AtAddressEnd ? TryReadWithoutDomain(start, out address) : (char)Scanner.Current switch
        {
            ':' => TryReadGroup(nameStart, nameEnd, groupDepth, out address),
            '@' => TryReadAddrSpec(start, out address),
            '<' => TryReadAngleAddr(Name(nameStart, nameEnd), out address),
            _ => false,
        };
    }

    /// <summary>
    /// Words with the dots and commas between them. A run of words that ends in no name is scanned once, not again
    /// for each of its words: a list of a million words costs a million steps.
    /// </summary>
    private bool SkipPhrase(out int nameStart, out int nameEnd)
    {
        var start = nameStart = nameEnd = Scanner.Position;
        if (_phraseStart < start && start < _phraseEnd)
        {
            Scanner.Position = _phraseEnd;
            return true;
        }

        var isReadable = true;
        while (isReadable && TrySkipPhraseWord(ref nameStart))
        {
            nameEnd = Scanner.Position;
            isReadable = Scanner.SkipCfws();
            while (isReadable && Scanner.Accept('.'))
            {
                nameEnd = Scanner.Position;
                isReadable = Scanner.SkipCfws();
            }

            if (isReadable && Scanner.Accept(','))
            {
                nameEnd = Scanner.Position;
                isReadable = Scanner.SkipCfws();
            }
        }

        WorkMeter.Add(Scanner.Position - start);
        (_phraseStart, _phraseEnd) = (start, Scanner.At('<') || Scanner.At(':') ? start : Scanner.Position);
        return isReadable;
    }

    /// <summary>A quote that is never closed is taken for part of the word.</summary>
    private bool TrySkipPhraseWord(ref int nameStart)
    {
        var start = Scanner.Position;
        if (!Scanner.At('"') || Scanner.SkipQuoted())
        {
            return Scanner.Position > start || Scanner.Skip(Octets.Atom);
        }

        Scanner.Position = start + 1;
        Scanner.Skip(Octets.WhiteSpace);
        nameStart += nameStart == start ? 1 : 0;
        return Scanner.Skip(Octets.Atom);
    }

    private readonly string Name(int start, int end) =>
        start < end ? HeaderText.Unquote(Rfc2047Decoder.Decode(_text[start..end]), tabsToBlanks: true) : "";

    private bool TryReadWithoutDomain(int start, out InternetAddress address)
    {
        address = null!;
        Scanner.Position = start;
        if (!AddrSpecParser.TryReadLocalPart(ref Scanner, out var localPart) || !TryReadTrailingComment(out var name))
        {
            return false;
        }

        Scanner.Accept('>');
        address = new MailboxAddress(name, localPart);
        return Scanner.AtAddressEnd;
    }

    private bool TryReadAddrSpec(int start, out InternetAddress address)
    {
        address = null!;
        Scanner.Position = start;
        if (!AddrSpecParser.TryRead(ref Scanner, out var addrSpec) || !TryReadTrailingComment(out var name))
        {
            return false;
        }

        if (Scanner.At('<'))
        {
            return TryReadAngleAddr(Name(start, start + Scanner.From(start).TrimEnd(" \t\r\n"u8).Length), out address);
        }

        Scanner.Accept('>');
        address = new MailboxAddress(name, addrSpec);
        return true;
    }

    /// <summary>The display name of old: "a@example.org (A Name)".</summary>
    private bool TryReadTrailingComment(out string name)
    {
        name = "";
        Scanner.Skip(Octets.WhiteSpace);
        var start = Scanner.Position;
        if (!Scanner.At('('))
        {
            return true;
        }

        if (!Scanner.SkipComment())
        {
            return false;
        }

        name = Rfc2047Decoder.Decode(Scanner.From(start)[1..^1]).Trim();
        return Scanner.SkipCfws();
    }

    private bool TryReadAngleAddr(string name, out InternetAddress address)
    {
        address = null!;
        SkipAll('<');
        if (!Scanner.SkipCfws() || !AddrSpecParser.TryReadRoute(ref Scanner, out var route)
            || !AddrSpecParser.TryRead(ref Scanner, out var addrSpec) || !Scanner.SkipCfws())
        {
            return false;
        }

        SkipAll('>');
        address = new MailboxAddress(name, addrSpec, route);
        return true;
    }

    private void SkipAll(char bracket)
    {
        while (Scanner.Accept(bracket))
        {
        }
    }

    private bool TryReadGroup(int nameStart, int nameEnd, int groupDepth, out InternetAddress address)
    {
        var name = Name(nameStart, nameEnd);
        address = null!;
        if (groupDepth >= MaxGroupDepth)
        {
            return false;
        }

        SkipAll(':');
        _ = AddressListParser.TryRead(ref this, groupDepth + 1, out var members);
        Scanner.SkipTo(';');
        Scanner.Accept(';');
        address = new GroupAddress(name, new InternetAddressList(members));
        return true;
    }
}
