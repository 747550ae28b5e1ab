namespace Cybertemp.Mail.Mime;

/// <summary>
/// How much of a message is looked at and kept apart from <c>raw</c>. What is beyond is ignored and noted; the mail is
/// accepted. Lengths are UTF-16 units.
/// </summary>
internal sealed record MimeLimits
{
    /// <summary>Of <c>text</c> and of <c>html</c>, each.</summary>
    public int MaxTextLength { get; init; } = 1024 * 1024;

    /// <summary>Of subject, names, addresses, file names and header values, each.</summary>
    public int MaxFieldLength { get; init; } = 8 * 1024;

    /// <summary>Octets of one header field.</summary>
    public int MaxFieldBytes { get; init; } = 32 * 1024;

    /// <summary>Parameters of one header field.</summary>
    public int MaxParameters { get; init; } = 32;

    /// <summary>Octets of one header block.</summary>
    public int MaxHeaderBytes { get; init; } = 256 * 1024;

    /// <summary>Octets of all header blocks: the message's, its parts' and those of attached messages.</summary>
    public int MaxHeaderBytesInAll { get; init; } = 1024 * 1024;

    /// <summary>Fields of one header block.</summary>
    public int MaxHeaders { get; init; } = 1_000;

    /// <summary>
    /// Fields of one header block that stay beyond the limits: From, Subject, Content-Type and their like.
    /// </summary>
    public int MaxImportantHeaders { get; init; } = 16;

    /// <summary>Parts and attached messages, on all levels.</summary>
    public int MaxParts { get; init; } = 2_000;

    /// <summary>Entries of <c>attachments</c>.</summary>
    public int MaxAttachments { get; init; } = 1_000;

    /// <summary>Levels of multiparts and attached messages that are opened.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Mailboxes taken from the From fields.</summary>
    public int MaxAddresses { get; init; } = 250;

    /// <summary>Units of <see cref="Bounds.ParserWork"/> for a message of any length.</summary>
    public int MinParserWork { get; init; } = 500;

    /// <summary>Octets of the message for each further unit.</summary>
    public int OctetsPerParserWork { get; init; } = 24;

    /// <summary>Octets of the message for one comparison of a line with a boundary, beyond the first 10,000.</summary>
    public int ComparisonsPerOctet { get; init; } = 3;
}
