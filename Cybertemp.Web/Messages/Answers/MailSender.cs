namespace Cybertemp.Web.Messages.Answers;

/// <summary>The first mailbox of the From field, decoded; "" where it does not say.</summary>
internal sealed record MailSender(string Name, string Address);
