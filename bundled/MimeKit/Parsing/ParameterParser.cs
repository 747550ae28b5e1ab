namespace MimeKit.Parsing;

/// <summary>Parameters of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231).</summary>
internal static class ParameterParser
{
    /// <summary>
    /// From the ';' on; nothing there is fine. All or nothing: one that cannot be read loses the others too. After a
    /// quoted value the ';' may be missing.
    /// </summary>
    public static bool TryParse(ref Scanner scanner, out ParameterList parameters)
    {
        parameters = new ParameterList();
        var (isReadable, isQuoted) = (scanner.SkipCfws(), false);
        while (isReadable && !scanner.AtEnd)
        {
            isReadable = (scanner.Accept(';') || isQuoted) && scanner.SkipCfws()
                && (scanner.AtEnd || scanner.At(';') || (TryReadParameter(ref scanner, parameters, out isQuoted) && scanner.SkipCfws()));
        }

        parameters = isReadable ? parameters : ParameterList.Empty;
        return isReadable;
    }

    private static bool TryReadParameter(ref Scanner scanner, ParameterList parameters, out bool isQuoted)
    {
        var start = scanner.Position;
        isQuoted = false;
        if (!scanner.Skip(Octets.Attribute))
        {
            return false;
        }

        var name = Encoding.Latin1.GetString(scanner.From(start));
        if (!scanner.SkipCfws() || !TryReadSection(ref scanner, out var number, out var isEncoded)
            || !scanner.Accept('=') || !scanner.SkipCfws() || scanner.AtEnd)
        {
            return false;
        }

        var value = new ParameterSection(name, number, isEncoded, ReadValue(ref scanner));
        isQuoted = value.IsQuoted;
        parameters.Add(value);
        return true;
    }

    /// <summary>"*", "*0" or "*0*" (RFC 2231 §3 and §4); the number of a whole value is -1.</summary>
    private static bool TryReadSection(ref Scanner scanner, out int number, out bool isEncoded)
    {
        number = -1;
        isEncoded = scanner.Accept('*');
        if (isEncoded && scanner.SkipCfws() && scanner.TryReadInt32(out var section))
        {
            number = section;
            isEncoded = scanner.SkipCfws() && scanner.Accept('*');
        }

        return scanner.SkipCfws();
    }

    /// <summary>An unquoted value goes on to ';', blanks included but for those around its last line end; others are dropped.</summary>
    private static byte[] ReadValue(ref Scanner scanner)
    {
        var start = scanner.Position;
        if (scanner.At('"'))
        {
            scanner.SkipQuoted();
            return scanner.From(start).ToArray();
        }

        scanner.SkipTo(';');
        var trimmed = scanner.From(start).TrimEnd(" \t\r\n"u8);
        var value = scanner.From(start)[trimmed.Length..].ContainsAny("\r\n"u8) ? trimmed : scanner.From(start);
        return value.ContainsAny("\r\n"u8) ? [.. value.ToArray().Where(octet => octet is not ((byte)'\r' or (byte)'\n'))] : value.ToArray();
    }
}
