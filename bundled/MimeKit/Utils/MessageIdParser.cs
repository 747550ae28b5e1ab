using System.Text;
using MimeKit.Parsing;

namespace MimeKit.Utils;

/// <summary>msg-id (RFC 5322 §3.6.4), loosely: blanks are dropped, several '@' and bare ids are taken.</summary>
internal static class MessageIdParser
{
    public static string? Parse(ReadOnlySpan<byte> text)
    {
        var scanner = new Scanner(text);
        return TryRead(ref scanner, out var id) ? id : null;
    }

    /// <summary>Only what stands in angle brackets.</summary>
    public static List<string> ParseAll(ReadOnlySpan<byte> text)
    {
        var ids = new List<string>();
        var scanner = new Scanner(text);
        while (scanner.SkipCommentsAndWhiteSpace() && !scanner.AtEnd)
        {
            if (scanner.At('<'))
            {
                if (TryRead(ref scanner, out var id))
                {
                    ids.Add(id);
                }
            }
            else if (!scanner.SkipWord())
            {
                scanner.Position++;
            }
        }

        return ids;
    }

    private static bool TryRead(ref Scanner scanner, out string messageId)
    {
        messageId = "";
        if (!scanner.SkipCommentsAndWhiteSpace() || scanner.AtEnd)
        {
            return false;
        }

        var isBracketed = scanner.At('<');
        scanner.Position += isBracketed ? 1 : 0;
        var id = new StringBuilder();
        scanner.SkipWhiteSpace();
        if (!TryReadLeft(ref scanner, id) || !TryReadRight(ref scanner, id)
            || id.Length == 0 || (isBracketed && !scanner.At('>')))
        {
            return false;
        }

        scanner.Position += isBracketed ? 1 : 0;
        messageId = id.ToString();
        return true;
    }

    /// <summary>Up to '@' or '>'; whatever is not blank.</summary>
    private static bool TryReadLeft(ref Scanner scanner, StringBuilder id)
    {
        while (!scanner.AtEnd && !scanner.At('@') && !scanner.At('>'))
        {
            var start = scanner.Position;
            if (scanner.At('"') && !scanner.SkipQuoted())
            {
                return false;
            }

            while (!scanner.AtEnd && scanner.Current is not ((byte)'@' or (byte)'>' or (byte)'"')
                && !Octets.IsWhiteSpace(scanner.Current))
            {
                scanner.Position++;
            }

            id.Append(scanner.Text(start));
            scanner.SkipWhiteSpace();
        }

        return true;
    }

    private static bool TryReadRight(ref Scanner scanner, StringBuilder id)
    {
        while (scanner.At('@'))
        {
            scanner.Position++;
            scanner.SkipWhiteSpace();
            if (scanner.AtEnd || !AddrSpecParser.TryReadDomain(ref scanner, out var domain))
            {
                return false;
            }

            id.Append('@').Append(domain);
            scanner.SkipWhiteSpace();
        }

        return true;
    }
}
