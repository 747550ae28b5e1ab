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

    private static bool TryRead(ref Scanner scanner, out string id)
    {
        id = "";
        if (!scanner.SkipCommentsAndWhiteSpace() || scanner.AtEnd)
        {
            return false;
        }

        var isBracketed = scanner.At('<');
        scanner.Position += isBracketed ? 1 : 0;
        var octets = new List<byte>();
        scanner.SkipWhiteSpace();
        while (!scanner.AtEnd && !scanner.At('>'))
        {
            if (!TryReadWord(ref scanner, octets))
            {
                return false;
            }

            scanner.SkipWhiteSpace();
        }

        if (octets.Count == 0 || (isBracketed && !scanner.At('>')))
        {
            return false;
        }

        scanner.Position += isBracketed ? 1 : 0;
        id = Scanner.Decode(octets.ToArray());
        return true;
    }

    private static bool TryReadWord(ref Scanner scanner, List<byte> octets)
    {
        var start = scanner.Position;
        if (scanner.At('"'))
        {
            if (!scanner.SkipQuoted())
            {
                return false;
            }
        }
        else
        {
            while (!scanner.AtEnd && !scanner.At('>') && !scanner.At('"') && !Octets.IsWhiteSpace(scanner.Current))
            {
                scanner.Position++;
            }
        }

        octets.AddRange(scanner.Slice(start, scanner.Position));
        return true;
    }
}
