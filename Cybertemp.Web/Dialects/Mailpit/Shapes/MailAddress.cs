namespace Cybertemp.Web.Dialects.Mailpit.Shapes;

/// <summary>A mailbox of a header field, decoded.</summary>
internal sealed record MailAddress(string Name, string Address);
