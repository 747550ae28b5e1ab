namespace MimeKit.Parsing;

/// <summary>Content-Type (RFC 2045 §5.1).</summary>
internal static class ContentTypeParser
{
    /// <summary>What cannot be read is application/octet-stream with the parameters that can be read.</summary>
    public static ContentType ParseLeniently(ReadOnlySpan<byte> value)
    {
        if (TryParse(value, out var type) || type is not null)
        {
            return type!;
        }

        var scanner = new Scanner(value);
        scanner.SkipTo(';');
        _ = ParameterParser.TryParse(ref scanner, out var parameters);
        return new ContentType("application", "octet-stream") { Parameters = parameters };
    }

    /// <summary>On failure the type may still be there, without parameters.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ContentType? type)
    {
        var scanner = new Scanner(text);
        type = ReadType(ref scanner);
        if (type is null || !ParameterParser.TryParse(ref scanner, out var parameters))
        {
            return false;
        }

        type.Parameters = parameters;
        return true;
    }

    private static ContentType? ReadType(ref Scanner scanner)
    {
        var isReadable = scanner.SkipCfws();
        var start = scanner.Position;
        while (!scanner.AtEnd && scanner.Current is not (byte)'/' and < 0x80 && Octets.Is(scanner.Current, Octets.Atom))
        {
            scanner.Position++;
        }

        var mediaType = Names.Intern(scanner.From(start));
        isReadable = isReadable && mediaType.Length > 0 && scanner.SkipCfws() && scanner.Accept('/') && scanner.SkipCfws();
        start = scanner.Position;
        return isReadable && scanner.Skip(Octets.Token)
            ? new ContentType(mediaType, Names.Intern(scanner.From(start)))
            : null;
    }
}
