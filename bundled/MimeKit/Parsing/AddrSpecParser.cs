using System.Globalization;
using System.Text;

namespace MimeKit.Parsing;

/// <summary>addr-spec and route (RFC 5322 §3.4.1 and §4.4); blanks and comments around dots and '@' are dropped.</summary>
internal static class AddrSpecParser
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    public static bool TryRead(ref Scanner scanner, out string addrSpec)
    {
        scanner.Position += Ascii.EqualsIgnoreCase(scanner.Rest[..Math.Min(7, scanner.Rest.Length)], "mailto:"u8) ? 7 : 0;
        if (!TryReadLocalPart(ref scanner, out addrSpec) || !scanner.SkipCfws())
        {
            return false;
        }

        if (scanner.AtAddressEnd)
        {
            return true;
        }

        if (!scanner.Accept('@') || !scanner.SkipCfws() || !TryReadDomain(ref scanner, out var domain))
        {
            return false;
        }

        addrSpec = $"{addrSpec}@{domain}";
        return true;
    }

    /// <summary>What comes after the last word stays.</summary>
    public static bool TryReadLocalPart(ref Scanner scanner, out string localPart)
    {
        localPart = "";
        var words = new StringBuilder();
        int end;
        do
        {
            var start = scanner.Position;
            if (!scanner.SkipWord())
            {
                return false;
            }

            words.Append(words.Length > 0 ? "." : "").Append(Scanner.Decode(scanner.From(start)));
            end = scanner.Position;
        }
        while (scanner.SkipCfws() && scanner.Accept('.') && scanner.SkipCfws());
        scanner.Position = end;
        localPart = DecodeIdn(words.ToString());
        return true;
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
        while (scanner.Accept(',') || scanner.Accept('@'))
        {
            var isDomain = scanner.From(scanner.Position - 1)[0] == '@';
            if (!scanner.SkipCfws() || (isDomain && !TryAddDomain(ref scanner, domains)))
            {
                return false;
            }
        }

        route = new DomainList(domains);
        return scanner.Accept(':') && scanner.SkipCfws();
    }

    /// <summary>A dot at the end is dropped; A-labels are decoded; comments that no dot follows stay.</summary>
    public static bool TryReadDomain(ref Scanner scanner, out string domain)
    {
        domain = "";
        if (scanner.At('['))
        {
            return TryReadLiteral(ref scanner, out domain);
        }

        var labels = new StringBuilder();
        int end;
        do
        {
            var start = scanner.Position;
            if (!scanner.Skip(Octets.Atom))
            {
                return false;
            }

            labels.Append(labels.Length > 0 ? "." : "").Append(Scanner.Decode(scanner.From(start)));
            end = scanner.Position;
            if (!scanner.SkipCfws())
            {
                return false;
            }

            end = scanner.At('.') ? scanner.Position + 1 : end;
        }
        while (scanner.Accept('.') && scanner.SkipCfws() && !scanner.AtAddressEnd);
        scanner.Position = end;
        domain = DecodeIdn(labels.ToString());
        return true;
    }

    private static bool TryAddDomain(ref Scanner scanner, List<string> domains)
    {
        var isDomain = TryReadDomain(ref scanner, out var domain) && scanner.SkipCfws();
        domains.Add(domain);
        return isDomain;
    }

    private static bool TryReadLiteral(ref Scanner scanner, out string domain)
    {
        var start = scanner.Position;
        scanner.SkipTo(']');
        var isClosed = scanner.Accept(']');
        domain = string.Concat(Scanner.Decode(scanner.From(start)).Where(character => !char.IsWhiteSpace(character)));
        return isClosed;
    }

    private static string DecodeIdn(string text)
    {
        try
        {
            return text.Contains("xn--", StringComparison.OrdinalIgnoreCase) ? Idn.GetUnicode(text) : text;
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
