namespace Cybertemp.Web.Dialects.Mailpit.Shapes;

/// <summary>Figures of the process, by Mailpit's names; the receivers have theirs in their own metrics.</summary>
/// <param name="Uptime">Seconds.</param>
/// <param name="Memory">Octets.</param>
internal sealed record MailpitRuntime(
    long Uptime,
    long Memory,
    int MessagesDeleted = 0,
    int SMTPAccepted = 0,
    int SMTPAcceptedSize = 0,
    int SMTPRejected = 0,
    int SMTPIgnored = 0);
