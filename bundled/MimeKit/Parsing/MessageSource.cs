namespace MimeKit.Parsing;

/// <summary>The received octets of a message and where its header fields are; shared by all its entities.</summary>
internal sealed class MessageSource(ReadOnlyMemory<byte> content, ParserOptions options)
{
    public ReadOnlyMemory<byte> Content { get; } = content;

    public ReadOnlySpan<byte> Octets => Content.Span;

    public ParserOptions Options { get; } = options;

    public List<HeaderField> Fields { get; } = new(capacity: 16);

    /// <summary>From a position up to its LF.</summary>
    public ReadOnlySpan<byte> LineAt(int position)
    {
        var rest = Octets[position..];
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..end];
    }
}
