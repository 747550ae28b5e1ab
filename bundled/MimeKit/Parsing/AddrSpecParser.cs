namespace MimeKit.Parsing;

/// <summary>addr-spec and route (RFC 5322 §3.4.1 and §4.4); blanks and comments around dots and '@' are dropped.</summary>
internal static class AddrSpecParser
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    public static string? Read(ref Scanner scanner)
    {
        var localPart = ReadLocalPart(ref scanner);
        if (localPart is null || !scanner.SkipCfws())
        {
            return null;
        }

        return scanner.AtAddressEnd ? localPart
            : scanner.Accept('@') && scanner.SkipCfws() && ReadDomain(ref scanner) is { } domain
            ? $"{localPart}@{DecodeIdn(domain)}"
            : null;
    }

    /// <summary>What comes after the last word stays.</summary>
    public static string? ReadLocalPart(ref Scanner scanner)
    {
        var words = new StringBuilder();
        int end;
        do
        {
            var start = scanner.Position;
            if (!scanner.SkipWord())
            {
                return null;
            }

            words.Append(words.Length > 0 ? "." : "").Append(Scanner.Decode(scanner.From(start)));
            end = scanner.Position;
        }
        while (scanner.SkipCfws() && scanner.Accept('.') && scanner.SkipCfws());
        scanner.Position = end;
        return words.ToString();
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
            var domain = !scanner.SkipCfws() ? null : isDomain ? ReadDomain(ref scanner) : "";
            if (domain is null || !scanner.SkipCfws())
            {
                return false;
            }

            domains.AddRange(isDomain ? [domain] : []);
        }

        route = new DomainList(domains);
        return scanner.Accept(':') && scanner.SkipCfws();
    }

    /// <summary>A dot at the end is dropped; comments that no dot follows stay.</summary>
    public static string? ReadDomain(ref Scanner scanner)
    {
        if (scanner.At('['))
        {
            return ReadLiteral(ref scanner);
        }

        var labels = new StringBuilder();
        int end;
        do
        {
            var start = scanner.Position;
            if (!scanner.Skip(Octets.Atom) || !Utf8.IsValid(scanner.From(start)))
            {
                return null;
            }

            labels.Append(labels.Length > 0 ? "." : "").Append(Encoding.UTF8.GetString(scanner.From(start)));
            end = scanner.Position;
            if (!scanner.SkipCfws())
            {
                return null;
            }

            end = scanner.At('.') ? scanner.Position + 1 : end;
        }
        while (scanner.Accept('.') && scanner.SkipCfws() && !scanner.AtAddressEnd);
        scanner.Position = end;
        return labels.ToString();
    }

    private static string? ReadLiteral(ref Scanner scanner)
    {
        var start = scanner.Position++;
        scanner.Skip(Octets.DomainLiteral | Octets.WhiteSpace);
        return scanner.Accept(']')
            ? string.Concat(Encoding.ASCII.GetString(scanner.From(start)).Where(character => !char.IsWhiteSpace(character)))
            : null;
    }

    private static string DecodeIdn(string text)
    {
        try
        {
            return $".{text}".Contains(".xn--", StringComparison.Ordinal) ? Idn.GetUnicode(text) : text;
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
