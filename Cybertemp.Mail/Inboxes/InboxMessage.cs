using System.Net;

namespace Cybertemp.Mail.Inboxes;

/// <summary>A stored message with the envelope that its octets do not contain.</summary>
internal sealed record InboxMessage(
    Guid MessageUid,
    string Inbox,
    DateTime ReceivedAt,
    string MailFrom,
    string Helo,
    IPAddress ClientAddress,
    byte[] Raw);
