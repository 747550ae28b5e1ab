namespace MimeKit.Parsing;

/// <summary>Parameters of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231).</summary>
internal static class ParameterParser
{
    /// <summary>All or nothing: one parameter that cannot be read loses the others too.</summary>
    public static bool TryParse(ref Scanner scanner, out ParameterList? parameters)
    {
        parameters = null;
        var builder = new ParameterListBuilder();
        while (true)
        {
            if (!scanner.SkipCommentsAndWhiteSpace())
            {
                return false;
            }

            if (scanner.AtEnd)
            {
                break;
            }

            if (!scanner.At(';'))
            {
                if (!TryReadParameter(ref scanner, ref builder) || !scanner.SkipCommentsAndWhiteSpace())
                {
                    return false;
                }

                if (scanner.AtEnd)
                {
                    break;
                }

                if (!scanner.At(';'))
                {
                    return false;
                }
            }

            scanner.Position++;
        }

        parameters = builder.Build();
        return true;
    }

    private static bool TryReadParameter(ref Scanner scanner, ref ParameterListBuilder builder)
    {
        var start = scanner.Position;
        if (!scanner.SkipAttribute())
        {
            return false;
        }

        var name = Names.Intern(scanner.Slice(start, scanner.Position));
        if (!scanner.SkipCommentsAndWhiteSpace() || !TryReadSection(ref scanner, out var section, out var isEncoded)
            || !scanner.At('='))
        {
            return false;
        }

        scanner.Position++;
        if (!scanner.SkipCommentsAndWhiteSpace() || scanner.AtEnd)
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
        (section, isEncoded) = (null, false);
        if (!scanner.At('*'))
        {
            return true;
        }

        scanner.Position++;
        if (!scanner.SkipCommentsAndWhiteSpace() || scanner.AtEnd)
        {
            return false;
        }

        isEncoded = true;
        if (scanner.TryReadInt32(out var number))
        {
            section = number;
            isEncoded = scanner.SkipCommentsAndWhiteSpace() && scanner.At('*');
            scanner.Position += isEncoded ? 1 : 0;
        }

        return scanner.SkipCommentsAndWhiteSpace() && !scanner.AtEnd;
    }

    /// <summary>An unquoted value goes on to ';', blanks included; a line end in it is dropped.</summary>
    private static ReadOnlySpan<byte> ReadValue(ref Scanner scanner)
    {
        var start = scanner.Position;
        if (scanner.At('"'))
        {
            scanner.SkipQuoted();
            return scanner.Slice(start, scanner.Position);
        }

        while (!scanner.AtEnd && !scanner.At(';'))
        {
            scanner.Position++;
        }

        var value = scanner.Slice(start, scanner.Position).TrimEnd("\r\n"u8);
        return value.ContainsAny((byte)'\r', (byte)'\n') ? WithoutLineEnds(value) : value;
    }

    private static byte[] WithoutLineEnds(ReadOnlySpan<byte> value)
    {
        var kept = new byte[value.Length];
        var count = 0;
        foreach (var octet in value)
        {
            if (octet is not ((byte)'\r' or (byte)'\n'))
            {
                kept[count++] = octet;
            }
        }

        return kept[..count];
    }
}
