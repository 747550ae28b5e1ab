using System.Text;
using MimeKit.Parsing;

namespace MimeKit;

public class ContentDisposition
{
    public const string Attachment = "attachment";

    internal ContentDisposition(string disposition)
    {
        Disposition = disposition;
        Parameters = ParameterList.Empty;
    }

    public string Disposition { get; }

    public ParameterList Parameters { get; private set; }

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
        disposition = null;
        var scanner = new Scanner(text);
        if (!scanner.SkipCommentsAndWhiteSpace() || scanner.AtEnd || !TryReadType(ref scanner, out var type))
        {
            return false;
        }

        disposition = new ContentDisposition(type);
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

        disposition.Parameters = parameters!;
        return true;
    }

    /// <summary>Quoted, and left out before ';', are accepted too: mailers do both.</summary>
    private static bool TryReadType(ref Scanner scanner, out string type)
    {
        var start = scanner.Position;
        type = Attachment;
        if (scanner.At('"'))
        {
            var isClosed = scanner.SkipQuoted();
            type = Utils.HeaderText.Unquote(scanner.Text(start)) is { Length: > 0 } unquoted ? unquoted : Attachment;
            return isClosed;
        }

        if (!scanner.SkipAtom())
        {
            return scanner.At(';');
        }

        type = scanner.Text(start);
        return true;
    }
}
