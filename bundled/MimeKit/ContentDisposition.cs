namespace MimeKit;

public class ContentDisposition
{
    public const string Attachment = "attachment";

    private ContentDisposition(string disposition) => Disposition = disposition;

    public string Disposition { get; }

    public ParameterList Parameters { get; private set; } = ParameterList.Empty;

    public bool IsAttachment => Disposition.Equals(Attachment, StringComparison.OrdinalIgnoreCase);

    public string? FileName => Parameters["filename"];

    /// <summary>False can come with a disposition whose parameters could not be read.</summary>
    public static bool TryParse(string text, out ContentDisposition disposition) =>
        TryParse(Encoding.UTF8.GetBytes(text), out disposition!);

    internal static ContentDisposition? ParseLeniently(ReadOnlySpan<byte> value)
    {
        _ = TryParse(value, out var disposition);
        return disposition;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out ContentDisposition? disposition)
    {
        var scanner = new Scanner(text);
        disposition = ReadType(ref scanner) is { } type ? new ContentDisposition(type) : null;
        if (disposition is null || !ParameterParser.TryParse(ref scanner, out var parameters))
        {
            return false;
        }

        disposition.Parameters = parameters;
        return true;
    }

    /// <summary>Quoted, and left out before ';', are accepted too: mailers do both.</summary>
    private static string? ReadType(ref Scanner scanner)
    {
        if (!scanner.SkipCfws() || scanner.AtEnd || scanner.At(';'))
        {
            return scanner.At(';') ? Attachment : null;
        }

        var start = scanner.Position;
        var isWord = scanner.SkipWord();
        var word = scanner.From(start);
        var type = word.StartsWith("\""u8) ? HeaderText.Unquote(Scanner.Decode(word)) : Encoding.ASCII.GetString(word);
        return !isWord ? null : type.Length > 0 ? type : Attachment;
    }
}
