using System.Net;
using System.Text;
using Cybertemp.SmtpReceiver.Storage;

namespace Cybertemp.Tests.Storage;

/// <summary>Messages to store.</summary>
internal static class Messages
{
    public static StoredMessage To(params string[] inboxes) => Of([.. inboxes.Select(i => new StoredRecipient(i, IsReserved: false))]);

    public static StoredMessage Of(
        IReadOnlyList<StoredRecipient> recipients,
        string subject = "subject",
        string text = "hello",
        string attachments = "[]",
        byte[]? raw = null,
        IPAddress? client = null) =>
        new()
        {
            Uid = Guid.CreateVersion7(),
            Recipients = recipients,
            MailFrom = "sender@example.com",
            FromName = "Sender",
            FromAddress = "sender@example.com",
            Subject = subject,
            Text = text,
            Html = "<p>hello</p>",
            MessageId = "id@example.com",
            Date = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
            Raw = raw ?? Encoding.ASCII.GetBytes("Subject: subject\r\n\r\nhello\r\n"),
            Attachments = attachments,
            Headers = """[["Subject","subject"]]""",
            ParseNote = "",
            ClientAddress = client ?? IPAddress.Loopback,
            Helo = "client.example.com",
            Tls = null,
        };
}
