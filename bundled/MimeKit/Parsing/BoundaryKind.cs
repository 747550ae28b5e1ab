namespace MimeKit.Parsing;

/// <summary>What ended a piece of content.</summary>
internal enum BoundaryKind
{
    None,
    EndOfStream,
    Immediate,
    ImmediateEnd,
    Parent,
}
