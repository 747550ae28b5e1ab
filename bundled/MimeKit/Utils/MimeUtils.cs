namespace MimeKit.Utils;

/// <summary>msg-id (RFC 5322 §3.6.4), loosely: blanks are dropped, several '@' and bare ids are taken.</summary>
public static class MimeUtils
{
    private static readonly SearchValues<byte> LeftEnds = SearchValues.Create(" \t\r\n@>\""u8);

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
        var isReadable = scanner.SkipCfws();
        var isBracketed = scanner.Accept('<');
        var id = new StringBuilder();
        isReadable = isReadable && TryReadLeft(ref scanner, id);
        while (isReadable && scanner.Accept('@'))
        {
            scanner.Skip(Octets.WhiteSpace);
            var domain = AddrSpecParser.ReadDomain(ref scanner);
            isReadable = domain is not null;
            id.Append('@').Append(domain);
            scanner.Skip(Octets.WhiteSpace);
        }

        isReadable = isReadable && id.Length > 0 && (!isBracketed || scanner.Accept('>'));
        return isReadable ? id.ToString() : null;
    }

    /// <summary>Up to '@' or '>': whatever is not blank.</summary>
    private static bool TryReadLeft(ref Scanner scanner, StringBuilder id)
    {
        scanner.Skip(Octets.WhiteSpace);
        while (!scanner.AtEnd && !scanner.At('@') && !scanner.At('>'))
        {
            var start = scanner.Position;
            if (scanner.At('"') && !scanner.SkipQuoted())
            {
                return false;
            }

            var length = scanner.Rest.IndexOfAny(LeftEnds);
            scanner.Position += length < 0 ? scanner.Rest.Length : length;
            id.Append(Scanner.Decode(scanner.From(start)));
            scanner.Skip(Octets.WhiteSpace);
        }

        return true;
    }
}
