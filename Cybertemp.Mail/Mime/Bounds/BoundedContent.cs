namespace Cybertemp.Mail.Mime.Bounds;

/// <summary>
/// The octets that are handed to the parser: all of them, unless the message has more or longer header fields, more
/// parts or more lines that could be delimiters than any mail. The parser's time and memory are then bounded by their
/// number.
/// </summary>
internal static class BoundedContent
{
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> content, MimeLimits limits, ParseNotes notes)
    {
        var cuts = new Cuts();
        new BoundingPass(content.Span, limits, cuts).Run();
        cuts.AddTo(notes);
        return cuts.IsEmpty ? content : cuts.Apply(content.Span);
    }
}
