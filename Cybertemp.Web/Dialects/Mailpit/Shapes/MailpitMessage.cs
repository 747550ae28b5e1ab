using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Dialects.Mailpit.Shapes;

/// <summary>A whole message, by Mailpit's names.</summary>
/// <param name="HTML">As sent: hostile.</param>
internal sealed record MailpitMessage(
    string ID,
    string MessageID,
    MailAddress From,
    IReadOnlyList<MailAddress> To,
    IReadOnlyList<MailAddress> Cc,
    IReadOnlyList<MailAddress> Bcc,
    IReadOnlyList<MailAddress> ReplyTo,
    string ReturnPath,
    string Subject,
    ListUnsubscribe ListUnsubscribe,
    DateTime Date,
    IReadOnlyList<string> Tags,
    string Username,
    string Text,
    string HTML,
    int Size,
    IReadOnlyList<MailpitAttachment> Inline,
    IReadOnlyList<MailpitAttachment> Attachments)
{
    public static MailpitMessage Of(MessageDetail message)
    {
        var recipients = Recipients.Of(message.To, message.Headers);
        return new MailpitMessage(
            message.Id.ToString("D"), message.MessageId, new(message.From.Name, message.From.Address), recipients.To,
            recipients.Cc, recipients.Bcc, recipients.ReplyTo, message.MailFrom, message.Subject,
            ListUnsubscribe.Of(message.Headers), message.Date ?? message.ReceivedAt, [], "", message.Text, message.Html,
            message.SizeBytes, Attached(message, isInline: true), Attached(message, isInline: false));
    }

    private static List<MailpitAttachment> Attached(MessageDetail message, bool isInline) =>
        [.. message.Attachments.Where(a => a.Inline == isInline).Select(MailpitAttachment.Of)];
}
