namespace MimeKit;

public class ParserOptions
{
    public static readonly ParserOptions Default = new();

    /// <summary>Multiparts and messages nested deeper than this are leaves.</summary>
    public int MaxMimeDepth { get; set; } = 1024;
}
