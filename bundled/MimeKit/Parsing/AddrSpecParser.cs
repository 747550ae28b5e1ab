using System.Globalization;
using System.Text;

namespace MimeKit.Parsing;

/// <summary>addr-spec and route (RFC 5322 §3.4.1 and §4.4); blanks and comments around dots and '@' are dropped.</summary>
internal static class AddrSpecParser
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>What may follow an addr-spec without a domain.</summary>
    public static bool IsSentinel(byte octet) => octet is (byte)',' or (byte)'>' or (byte)';';

    public static bool TryRead(ref Scanner scanner, out string addrSpec)
    {
        addrSpec = "";
        SkipMailto(ref scanner);
        if (!TryReadLocalPart(ref scanner, skipTrailingComments: true, out var localPart))
        {
            return false;
        }

        if (scanner.AtEnd || IsSentinel(scanner.Current))
        {
            addrSpec = localPart;
            return true;
        }

        if (!scanner.At('@'))
        {
            return false;
        }

        scanner.Position++;
        if (!scanner.SkipCommentsAndWhiteSpace() || scanner.AtEnd || !TryReadDomain(ref scanner, out var domain))
        {
            return false;
        }

        addrSpec = $"{localPart}@{domain}";
        return true;
    }

    public static bool TryReadLocalPart(ref Scanner scanner, bool skipTrailingComments, out string localPart)
    {
        localPart = "";
        var words = new StringBuilder();
        while (true)
        {
            var start = scanner.Position;
            if (scanner.AtEnd || !scanner.SkipWord())
            {
                return false;
            }

            words.Append(scanner.Text(start));
            var end = scanner.Position;
            if (!scanner.SkipCommentsAndWhiteSpace())
            {
                return false;
            }

            if (!scanner.At('.'))
            {
                scanner.Position = skipTrailingComments ? scanner.Position : end;
                localPart = DecodeIdn(words.ToString());
                return true;
            }

            words.Append('.');
            scanner.Position++;
            if (!scanner.SkipCommentsAndWhiteSpace())
            {
                return false;
            }
        }
    }

    /// <summary>obs-route; absent is fine.</summary>
    public static bool TryReadRoute(ref Scanner scanner, out DomainList? route)
    {
        route = null;
        if (!scanner.At('@'))
        {
            return true;
        }

        var domains = new List<string>();
        while (scanner.At('@') || scanner.At(','))
        {
            var isDomain = scanner.At('@');
            scanner.Position++;
            if (!scanner.SkipCommentsAndWhiteSpace())
            {
                return false;
            }

            if (isDomain)
            {
                if (!TryReadDomain(ref scanner, out var domain) || !scanner.SkipCommentsAndWhiteSpace())
                {
                    return false;
                }

                domains.Add(domain);
            }
        }

        route = new DomainList(domains);
        if (!scanner.At(':'))
        {
            return false;
        }

        scanner.Position++;
        return scanner.SkipCommentsAndWhiteSpace();
    }

    /// <summary>A dot at the end is dropped; A-labels are decoded.</summary>
    public static bool TryReadDomain(ref Scanner scanner, out string domain)
    {
        domain = "";
        if (scanner.At('['))
        {
            return TryReadLiteral(ref scanner, out domain);
        }

        var labels = new StringBuilder();
        var hasMore = true;
        while (hasMore)
        {
            if (!TrySkipLabel(ref scanner, labels) || !TrySkipDot(ref scanner, out hasMore))
            {
                return false;
            }

            labels.Append(hasMore ? "." : "");
        }

        domain = DecodeIdn(labels.ToString());
        return true;
    }

    private static bool TrySkipLabel(ref Scanner scanner, StringBuilder labels)
    {
        var start = scanner.Position;
        while (!scanner.AtEnd && Octets.IsDomain(scanner.Current))
        {
            scanner.Position++;
        }

        labels.Append(scanner.Text(start));
        return scanner.Position > start;
    }

    /// <summary>Comments that no dot follows stay: one may be the name.</summary>
    private static bool TrySkipDot(ref Scanner scanner, out bool hasMore)
    {
        hasMore = false;
        var end = scanner.Position;
        if (!scanner.SkipCommentsAndWhiteSpace())
        {
            return false;
        }

        if (!scanner.At('.'))
        {
            scanner.Position = end;
            return true;
        }

        scanner.Position++;
        var isReadable = scanner.SkipCommentsAndWhiteSpace();
        hasMore = !scanner.AtEnd && !IsSentinel(scanner.Current);
        return isReadable;
    }

    private static bool TryReadLiteral(ref Scanner scanner, out string domain)
    {
        var start = scanner.Position;
        while (!scanner.AtEnd && !scanner.At(']'))
        {
            scanner.Position++;
        }

        scanner.Position += scanner.AtEnd ? 0 : 1;
        domain = string.Concat(scanner.Text(start).Where(character => !char.IsWhiteSpace(character)));
        return domain.EndsWith(']');
    }

    private static void SkipMailto(ref Scanner scanner)
    {
        var end = scanner.Position + "mailto:".Length;
        if (end < scanner.End && Ascii.EqualsIgnoreCase(scanner.Slice(scanner.Position, end), "mailto:"u8))
        {
            scanner.Position = end;
        }
    }

    private static string DecodeIdn(string text)
    {
        if (!text.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        try
        {
            return Idn.GetUnicode(text);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
