using System.Net;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>One message as the tables hold it: a row per recipient. Strings are free of NUL and lone surrogates.</summary>
internal sealed class StoredMessage
{
    /// <summary>Column <c>message_uid</c>: the same in every row of the message.</summary>
    public required Guid Uid { get; init; }

    /// <summary>Distinct; at least one.</summary>
    public required IReadOnlyList<StoredRecipient> Recipients { get; init; }

    public required string MailFrom { get; init; }

    public required string FromName { get; init; }

    public required string FromAddress { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public required string MessageId { get; init; }

    public required DateTimeOffset? Date { get; init; }

    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>JSON.</summary>
    public required string Attachments { get; init; }

    /// <summary>JSON.</summary>
    public required string Headers { get; init; }

    public required string ParseNote { get; init; }

    public required IPAddress ClientAddress { get; init; }

    public required string Helo { get; init; }

    public required string? Tls { get; init; }
}
