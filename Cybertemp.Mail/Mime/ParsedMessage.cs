namespace Cybertemp.Mail.Mime;

/// <summary>What the tables hold of a message's content. Every string is free of NUL and of lone surrogates.</summary>
internal sealed class ParsedMessage
{
    /// <summary>Decoded display name of the first From mailbox; "" when absent.</summary>
    public string FromName { get; init; } = "";

    /// <summary>Address of the first From mailbox as written; "" when absent.</summary>
    public string FromAddress { get; init; } = "";

    /// <summary>Addresses of all From mailboxes: each is checked against the bans.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    public string Subject { get; init; } = "";

    /// <summary>Never empty when there is anything to read.</summary>
    public string Text { get; init; } = "";

    /// <summary>Only as sent; "" when the sender sent none.</summary>
    public string Html { get; init; } = "";

    /// <summary>Message-ID without angle brackets; "" when absent.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>The Date header field, or null when absent or unreadable.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>JSON array of <c>{name, contentType, sizeBytes, contentId, inline, index}</c>.</summary>
    public string Attachments { get; init; } = "[]";

    /// <summary>JSON array of <c>[name, value]</c> pairs in the order of the message, values decoded.</summary>
    public string Headers { get; init; } = "[]";

    /// <summary>Why something was left out or guessed; "" when nothing was.</summary>
    public string ParseNote { get; init; } = "";
}
