namespace Cybertemp.SmtpReceiver.Mime;

/// <summary>How much of a message is looked at and kept apart from <c>raw</c>. Lengths are UTF-16 units.</summary>
internal sealed record MimeLimits
{
    /// <summary>Of <c>text</c> and of <c>html</c>, each.</summary>
    public int MaxTextLength { get; init; } = 1024 * 1024;

    /// <summary>Of subject, names, addresses and header values, each.</summary>
    public int MaxFieldLength { get; init; } = 8 * 1024;
}
