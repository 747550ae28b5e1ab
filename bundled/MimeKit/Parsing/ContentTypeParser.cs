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

        var semicolon = value.IndexOf((byte)';');
        var scanner = new Scanner(semicolon < 0 ? [] : value[(semicolon + 1)..]);
        _ = ParameterParser.TryParse(ref scanner, out var parameters);
        return new ContentType("application", "octet-stream", parameters);
    }

    /// <summary>On failure the type may still be there, without parameters.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ContentType? type)
    {
        type = null;
        var scanner = new Scanner(text);
        if (!TryReadType(ref scanner, out var mediaType, out var mediaSubtype))
        {
            return false;
        }

        type = new ContentType(mediaType, mediaSubtype);
        if (!scanner.SkipCommentsAndWhiteSpace())
        {
            return false;
        }

        if (scanner.AtEnd)
        {
            return true;
        }

        if (!scanner.At(';'))
        {
            return false;
        }

        scanner.Position++;
        if (!ParameterParser.TryParse(ref scanner, out var parameters))
        {
            return false;
        }

        type.Parameters = parameters!;
        return true;
    }

    private static bool TryReadType(ref Scanner scanner, out string mediaType, out string mediaSubtype)
    {
        mediaType = mediaSubtype = "";
        if (!scanner.SkipCommentsAndWhiteSpace())
        {
            return false;
        }

        var start = scanner.Position;
        while (!scanner.AtEnd && scanner.Current != '/' && Octets.IsAsciiAtom(scanner.Current))
        {
            scanner.Position++;
        }

        mediaType = Names.Intern(scanner.Slice(start, scanner.Position));
        if (mediaType.Length == 0 || !scanner.SkipCommentsAndWhiteSpace() || !scanner.At('/'))
        {
            return false;
        }

        scanner.Position++;
        if (!scanner.SkipCommentsAndWhiteSpace())
        {
            return false;
        }

        start = scanner.Position;
        scanner.SkipToken();
        mediaSubtype = Names.Intern(scanner.Slice(start, scanner.Position));
        return mediaSubtype.Length > 0;
    }
}
