using System.Net;
using System.Text;
using Cybertemp.Mail.Mime;
using Cybertemp.SmtpReceiver.Commit;

namespace Cybertemp.Tests.Commit;

/// <summary>Messages to store.</summary>
internal static class Messages
{
    public static StoredMessage To(params string[] inboxes) =>
        Of([.. inboxes.Select(i => new StoredRecipient(i, IsReserved: false))]);

    public static StoredMessage Of(
        IReadOnlyList<StoredRecipient> recipients,
        string subject = "subject",
        string text = "hello",
        string attachments = "[]",
        byte[]? raw = null,
        IPAddress? client = null) =>
        new(
            Guid.CreateVersion7(),
            new("sender@example.com", [], client ?? IPAddress.Loopback, "client.example.com", Tls: null),
            recipients,
            new ParsedMessage
            {
                FromName = "Sender",
                FromAddress = "sender@example.com",
                Subject = subject,
                Text = text,
                Html = "<p>hello</p>",
                MessageId = "id@example.com",
                Date = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
                Attachments = attachments,
                Headers = """[["Subject","subject"]]""",
            },
            raw ?? Encoding.ASCII.GetBytes("Subject: subject\r\n\r\nhello\r\n"));
}
