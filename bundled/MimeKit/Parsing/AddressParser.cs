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

    /// <summary>Words from <see cref="_phraseStart"/> on are known to go up to here: see <see cref="SkipPhrase"/>.</summary>
    private int _phraseEnd;
    private int _phraseStart;

    public Scanner Scanner = new(text);

    /// <summary>An address that cannot be read does not spoil the list.</summary>
    public readonly bool IsLenient => isLenient;

    public readonly bool AtGroupEnd(int groupDepth) => groupDepth > 0 && Scanner.At(';');

    public static bool TryParseOne(ReadOnlySpan<byte> text, out InternetAddress address)
    {
        var parser = new AddressParser(text, isLenient: false);
        return parser.TryRead(groupDepth: 0, out address)
            && parser.Scanner.SkipCommentsAndWhiteSpace()
            && parser.Scanner.AtEnd;
    }

    /// <summary>The phrase decides by what follows it: nothing, ':', '@' or an angle bracket.</summary>
    public bool TryRead(int groupDepth, out InternetAddress address)
    {
        address = null!;
        if (!Scanner.SkipCommentsAndWhiteSpace() || Scanner.AtEnd)
        {
            return false;
        }

        var start = Scanner.Position;
        if (!SkipPhrase(out var nameStart, out var nameEnd))
        {
            return false;
        }

        if (Scanner.AtEnd)
        {
            return TryReadWithoutDomain(start, out address);
        }

        switch (Scanner.Current)
        {
            case (byte)',' or (byte)'>' or (byte)';':
                return TryReadWithoutDomain(start, out address);
            case (byte)':':
                return TryReadGroup(nameStart, nameEnd, groupDepth, out address);
            case (byte)'@':
                return TryReadAddrSpec(start, out address);
            case (byte)'<':
                return TryReadAngleAddr(Name(nameStart, nameEnd), out address);
            default:
                return false;
        }
    }

    /// <summary>
    /// Words with the dots and commas between them. A run of words that ends in no name is scanned once, not again
    /// for each of its words: a list of a million words costs a million steps.
    /// </summary>
    private bool SkipPhrase(out int nameStart, out int nameEnd)
    {
        var start = nameStart = Scanner.Position;
        nameEnd = start;
        if (_phraseStart < start && start < _phraseEnd)
        {
            Scanner.Position = _phraseEnd;
            return true;
        }

        while (!Scanner.AtEnd && TrySkipPhraseWord(ref nameStart))
        {
            nameEnd = Scanner.Position;
            if (!SkipDots(ref nameEnd))
            {
                return false;
            }
        }

        WorkMeter.Add(Scanner.Position - start);
        (_phraseStart, _phraseEnd) = (start, Scanner.At('<') || Scanner.At(':') ? start : Scanner.Position);
        return true;
    }

    /// <summary>A quote that is never closed is taken for part of the word.</summary>
    private bool TrySkipPhraseWord(ref int nameStart)
    {
        if (!Scanner.At('"'))
        {
            return Scanner.SkipAtom();
        }

        var quote = Scanner.Position;
        if (Scanner.SkipQuoted())
        {
            return true;
        }

        Scanner.Position = quote + 1;
        Scanner.SkipWhiteSpace();
        nameStart += nameStart == quote ? 1 : 0;
        return Scanner.SkipAtom();
    }

    private bool SkipDots(ref int nameEnd)
    {
        if (!Scanner.SkipCommentsAndWhiteSpace())
        {
            return false;
        }

        while (Scanner.At('.'))
        {
            nameEnd = ++Scanner.Position;
            if (!Scanner.SkipCommentsAndWhiteSpace())
            {
                return false;
            }
        }

        if (!Scanner.At(','))
        {
            return true;
        }

        nameEnd = ++Scanner.Position;
        return Scanner.SkipCommentsAndWhiteSpace();
    }

    private readonly string Name(int start, int end) =>
        start < end ? HeaderText.Unquote(Rfc2047Decoder.Decode(_text[start..end]), tabsToBlanks: true) : "";

    private bool TryReadWithoutDomain(int start, out InternetAddress address)
    {
        address = null!;
        Scanner.Position = start;
        if (!AddrSpecParser.TryReadLocalPart(ref Scanner, skipTrailingComments: false, out var localPart)
            || !TryReadTrailingComment(out var name))
        {
            return false;
        }

        Scanner.Position += Scanner.At('>') ? 1 : 0;
        address = new MailboxAddress(name, localPart);
        return Scanner.AtEnd || AddrSpecParser.IsSentinel(Scanner.Current);
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
            return TryReadAngleAddr(Name(start, TrimEnd(start, Scanner.Position)), out address);
        }

        Scanner.Position += Scanner.At('>') ? 1 : 0;
        address = new MailboxAddress(name, addrSpec);
        return true;
    }

    private readonly int TrimEnd(int start, int end)
    {
        while (end > start && Octets.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>The display name of old: "a@example.org (A Name)".</summary>
    private bool TryReadTrailingComment(out string name)
    {
        name = "";
        Scanner.SkipWhiteSpace();
        if (Scanner.At('('))
        {
            var start = Scanner.Position + 1;
            if (!Scanner.SkipComment())
            {
                return false;
            }

            name = Rfc2047Decoder.Decode(_text[start..(Scanner.Position - 1)]).Trim();
        }

        return Scanner.SkipCommentsAndWhiteSpace();
    }

    private bool TryReadAngleAddr(string name, out InternetAddress address)
    {
        address = null!;
        SkipAll('<');
        if (!Scanner.SkipCommentsAndWhiteSpace() || !AddrSpecParser.TryReadRoute(ref Scanner, out var route)
            || !AddrSpecParser.TryRead(ref Scanner, out var addrSpec) || !Scanner.SkipCommentsAndWhiteSpace())
        {
            return false;
        }

        SkipAll('>');
        address = new MailboxAddress(name, addrSpec, route);
        return true;
    }

    private void SkipAll(char bracket)
    {
        while (Scanner.At(bracket))
        {
            Scanner.Position++;
        }
    }

    private bool TryReadGroup(int nameStart, int nameEnd, int groupDepth, out InternetAddress address)
    {
        address = null!;
        if (groupDepth >= MaxGroupDepth)
        {
            return false;
        }

        var name = Name(nameStart, nameEnd);
        SkipAll(':');
        AddressListParser.TryRead(ref this, groupDepth + 1, out var members);
        while (!Scanner.AtEnd && !Scanner.At(';'))
        {
            Scanner.Position++;
        }

        Scanner.Position += Scanner.AtEnd ? 0 : 1;
        address = new GroupAddress(name, new InternetAddressList(members));
        return true;
    }
}
