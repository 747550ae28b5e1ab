namespace MimeKit;

public class FormatOptions
{
    public static readonly FormatOptions Default = new();

    public NewLineFormat NewLineFormat { get; set; } =
        Environment.NewLine.Length == 1 ? NewLineFormat.Unix : NewLineFormat.Dos;

    public FormatOptions Clone() => new() { NewLineFormat = NewLineFormat };
}
