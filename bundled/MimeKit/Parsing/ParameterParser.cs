namespace MimeKit.Parsing;

/// <summary>Parameters of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231).</summary>
internal static class ParameterParser
{
    /// <summary>From the ';' on; nothing there is fine. All or nothing: one that cannot be read loses the others too.</summary>
    public static bool TryParse(ref Scanner scanner, out ParameterList parameters)
    {
        var builder = new ParameterListBuilder();
        var isReadable = scanner.SkipCfws();
        while (isReadable && !scanner.AtEnd)
        {
            isReadable = scanner.Accept(';') && scanner.SkipCfws()
                && (scanner.AtEnd || scanner.At(';') || (TryReadParameter(ref scanner, ref builder) && scanner.SkipCfws()));
        }

        parameters = isReadable ? builder.Build() : ParameterList.Empty;
        return isReadable;
    }

    private static bool TryReadParameter(ref Scanner scanner, ref ParameterListBuilder builder)
    {
        var start = scanner.Position;
        if (!scanner.Skip(Octets.Attribute))
        {
            return false;
        }

        var name = Names.Intern(scanner.From(start));
        if (!scanner.SkipCfws() || !TryReadSection(ref scanner, out var section, out var isEncoded)
            || !scanner.Accept('=') || !scanner.SkipCfws() || scanner.AtEnd)
        {
            return false;
        }

        var value = ReadValue(ref scanner);
        if (section is { } number)
        {
            builder.AddSection(name, new ParameterSection(number, isEncoded, value.ToArray()));
        }
        else
        {
            builder.Add(name, isEncoded, value);
        }

        return true;
    }

    /// <summary>"*", "*0" or "*0*" (RFC 2231 §3 and §4).</summary>
    private static bool TryReadSection(ref Scanner scanner, out int? section, out bool isEncoded)
    {
        (section, isEncoded) = (null, scanner.Accept('*'));
        if (isEncoded && scanner.SkipCfws() && scanner.TryReadInt32(out var number))
        {
            section = number;
            isEncoded = scanner.SkipCfws() && scanner.Accept('*');
        }

        return scanner.SkipCfws();
    }

    /// <summary>An unquoted value goes on to ';', blanks included; a line end in it is dropped.</summary>
    private static ReadOnlySpan<byte> ReadValue(ref Scanner scanner)
    {
        var start = scanner.Position;
        if (scanner.At('"'))
        {
            scanner.SkipQuoted();
            return scanner.From(start);
        }

        scanner.SkipTo(';');
        var value = scanner.From(start).TrimEnd("\r\n"u8);
        return value.ContainsAny((byte)'\r', (byte)'\n')
            ? value.ToArray().Where(octet => octet is not ((byte)'\r' or (byte)'\n')).ToArray()
            : value;
    }
}
