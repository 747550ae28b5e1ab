namespace MimeKit.Utils;

/// <summary>msg-id (RFC 5322 §3.6.4), loosely: blanks are dropped, several domains, empty and bare ids are taken.</summary>
public static class MimeUtils
{
    private static readonly SearchValues<byte> LeftEnds = SearchValues.Create(" \t\r\n.@>"u8);

    /// <summary>The first message-id, without angle brackets; null when there is none.</summary>
    public static string? ParseMessageId(string text) => ParseMessageId(Encoding.UTF8.GetBytes(text));

    public static IEnumerable<string> EnumerateReferences(string text) => ParseMessageIds(Encoding.UTF8.GetBytes(text));

    internal static string? ParseMessageId(ReadOnlySpan<byte> text)
    {
        var scanner = new Scanner(text);
        return Read(ref scanner);
    }

    /// <summary>Only what stands in angle brackets.</summary>
    internal static List<string> ParseMessageIds(ReadOnlySpan<byte> text)
    {
        var ids = new List<string>();
        var scanner = new Scanner(text);
        while (scanner.SkipCfws() && !scanner.AtEnd)
        {
            if (scanner.At('<'))
            {
                ids.AddRange(Read(ref scanner) is { } id ? [id] : []);
            }
            else if (!scanner.SkipWord())
            {
                scanner.Position++;
            }
        }

        return ids;
    }

    private static string? Read(ref Scanner scanner)
    {
        var id = new StringBuilder();
        var isReadable = scanner.SkipCfws() && !scanner.AtEnd;
        var isBracketed = scanner.Accept('<');
        scanner.Skip(Octets.WhiteSpace);
        var mayEndInBracket = scanner.At('[');
        isReadable = isReadable && TryReadLeft(ref scanner, id, isBracketed) && (!scanner.At('@') || TryReadDomains(ref scanner, id));
        id.Append(mayEndInBracket && scanner.Accept(']') ? "]" : "");
        return isReadable && (scanner.Accept('>') || !isBracketed) ? id.ToString() : null;
    }

    /// <summary>Up to '@' or '>': whatever is not blank.</summary>
    private static bool TryReadLeft(ref Scanner scanner, StringBuilder id, bool isBracketed)
    {
        while (!scanner.AtEnd)
        {
            var start = scanner.Position;
            if (scanner.At('"') && !scanner.SkipQuoted())
            {
                return false;
            }

            var length = scanner.Position > start ? 0 : scanner.Rest.IndexOfAny(LeftEnds);
            scanner.Position += length < 0 ? scanner.Rest.Length : length;
            id.Append(Scanner.Decode(scanner.From(start)));
            scanner.Skip(Octets.WhiteSpace);
            if (scanner.AtEnd || scanner.At('@') || scanner.At('>'))
            {
                return !scanner.AtEnd || !isBracketed;
            }

            id.Append(scanner.Accept('.') ? "." : "");
            scanner.Skip(Octets.WhiteSpace);
        }

        return false;
    }

    private static bool TryReadDomains(ref Scanner scanner, StringBuilder id)
    {
        id.Append('@');
        while (scanner.Accept('@'))
        {
        }

        var isReadable = scanner.SkipCfws();
        for (var isMore = !scanner.AtEnd && !scanner.At('>'); isReadable && isMore; isMore = scanner.Accept('@') && !scanner.AtEnd)
        {
            var domain = AddrSpecParser.ReadDomain(ref scanner);
            isReadable = domain is not null;
            id.Append(domain).Append(scanner.At('@') ? "@" : "");
        }

        return isReadable && scanner.SkipCfws();
    }
}
