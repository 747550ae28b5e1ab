namespace MimeKit;

public class ContentType
{
    internal ContentType(string mediaType, string mediaSubtype) => (MediaType, MediaSubtype) = (mediaType, mediaSubtype);

    public string MediaType { get; }

    public string MediaSubtype { get; }

    public string MimeType => field ??= $"{MediaType}/{MediaSubtype}";

    public ParameterList Parameters { get; private set; } = ParameterList.Empty;

    public string? Charset => Parameters["charset"];

    public string? Name => Parameters["name"];

    public string? Boundary => Parameters["boundary"];

    public string? Format => Parameters["format"];

    /// <summary>Null when there is no charset parameter or no such charset.</summary>
    public Encoding? CharsetEncoding => Charset is { } charset ? Utils.Charset.Find(charset) : null;

    /// <summary>"*" stands for any.</summary>
    public bool IsMimeType(string mediaType, string mediaSubtype) =>
        Matches(mediaType, MediaType) && Matches(mediaSubtype, MediaSubtype);

    /// <summary>False can come with a type whose parameters could not be read.</summary>
    public static bool TryParse(string text, out ContentType type) =>
        TryParse(Encoding.UTF8.GetBytes(text), out type!);

    /// <summary>What cannot be read is application/octet-stream with the parameters that can be read.</summary>
    internal static ContentType ParseLeniently(ReadOnlySpan<byte> value)
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

    private static bool TryParse(ReadOnlySpan<byte> text, out ContentType? type)
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

        var mediaType = scanner.From(start).SequenceEqual("multipart"u8) ? "multipart" : Encoding.Latin1.GetString(scanner.From(start));
        isReadable = isReadable && mediaType.Length > 0 && scanner.SkipCfws() && scanner.Accept('/') && scanner.SkipCfws();
        start = scanner.Position;
        while (isReadable && (scanner.Skip(Octets.Token) || scanner.Accept('/')))
        {
        }

        var subtype = Encoding.Latin1.GetString(scanner.From(start));
        return subtype.Length > 0 && scanner.SkipCfws() ? new ContentType(mediaType, subtype) : null;
    }

    private static bool Matches(string pattern, string value) =>
        pattern == "*" || pattern.Equals(value, StringComparison.OrdinalIgnoreCase);
}
