using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Dialects.Mcp;

/// <summary>What a wait ended with.</summary>
/// <param name="Untrusted">Who wrote what follows.</param>
/// <param name="Found">False when the time was up.</param>
/// <param name="MessageId">For <c>get_message</c>, and as <c>after</c> of the next wait.</param>
internal sealed record FoundMail(
    string Untrusted,
    bool Found,
    string? Code = null,
    string? Link = null,
    Guid? MessageId = null,
    DateTime? ReceivedAt = null,
    MailSender? From = null,
    string? Subject = null)
{
    public static readonly FoundMail None = new(MailText.Notice, Found: false);

    public static FoundMail Of(MessageSummary message) => new(
        MailText.Notice, Found: true, message.Code, message.Link, message.Id, message.ReceivedAt, message.From,
        message.Subject);
}
