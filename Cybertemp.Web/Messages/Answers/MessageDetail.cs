namespace Cybertemp.Web.Messages.Answers;

/// <summary>All of one message but its octets.</summary>
/// <param name="MessageUid">The same for every recipient of the mail, and in the sender's log.</param>
/// <param name="To">The inbox.</param>
/// <param name="Html">As sent: hostile until made safe.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="Date">The Date field, UTC; null when absent or unreadable.</param>
/// <param name="MailFrom">The envelope's sender; "" of a bounce.</param>
/// <param name="MessageId">The Message-ID field without brackets.</param>
/// <param name="Tls">The protocol it came over; null when in the clear.</param>
/// <param name="ParseNote">What the reader of the mail left out or guessed.</param>
/// <param name="ExpiresAt">When it may be gone, UTC; null when it is kept.</param>
internal sealed record MessageDetail(
    Guid Id,
    Guid MessageUid,
    MailSender From,
    string To,
    string Subject,
    string Text,
    string Html,
    DateTime ReceivedAt,
    DateTime? Date,
    string MailFrom,
    string MessageId,
    int SizeBytes,
    IReadOnlyList<MessageAttachment> Attachments,
    IReadOnlyList<MessageHeader> Headers,
    string Helo,
    string ClientIp,
    string? Tls,
    string ParseNote,
    DateTime? ExpiresAt,
    bool Read,
    string? Code,
    string? Link);
