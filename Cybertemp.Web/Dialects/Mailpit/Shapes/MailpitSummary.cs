using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Messages.Contents;

namespace Cybertemp.Web.Dialects.Mailpit.Shapes;

/// <summary>A message of a list, by Mailpit's names.</summary>
internal sealed record MailpitSummary(
    string ID,
    string MessageID,
    bool Read,
    MailAddress From,
    IReadOnlyList<MailAddress> To,
    IReadOnlyList<MailAddress> Cc,
    IReadOnlyList<MailAddress> Bcc,
    IReadOnlyList<MailAddress> ReplyTo,
    string Subject,
    DateTime Created,
    string Username,
    IReadOnlyList<string> Tags,
    int Size,
    int Attachments,
    string Snippet)
{
    public static MailpitSummary Of(MessageSummary message, MessageHead head)
    {
        var recipients = Recipients.Of(message.To, head.Fields);
        return new MailpitSummary(
            message.Id.ToString("D"), head.MessageId, message.Read, new(message.From.Name, message.From.Address),
            recipients.To, recipients.Cc, recipients.Bcc, recipients.ReplyTo, message.Subject, message.ReceivedAt, "",
            [], message.SizeBytes, message.Attachments, message.Intro);
    }
}
