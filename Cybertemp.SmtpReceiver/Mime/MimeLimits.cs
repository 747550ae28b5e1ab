namespace Cybertemp.SmtpReceiver.Mime;

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

    /// <summary>Octets of one header field that are decoded.</summary>
    public int MaxFieldBytes { get; init; } = 32 * 1024;

    /// <summary>Octets of the message's header block.</summary>
    public int MaxHeaderBytes { get; init; } = 256 * 1024;

    /// <summary>Fields of the message's header block.</summary>
    public int MaxHeaders { get; init; } = 1_000;

    /// <summary>Lines that look like a delimiter, counted only where a header field speaks of a multipart.</summary>
    public int MaxDelimiters { get; init; } = 20_000;

    /// <summary>Entries of <c>attachments</c>.</summary>
    public int MaxAttachments { get; init; } = 1_000;

    /// <summary>Levels of multiparts and attached messages that are opened.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Mailboxes taken from the From fields.</summary>
    public int MaxAddresses { get; init; } = 1_000;
}
