namespace Cybertemp.Mail.Webhooks;

/// <summary>A webhook as an operator sees it, without its secret.</summary>
/// <param name="Scope">As <see cref="WebhookScope"/> prints.</param>
/// <param name="From">A part of the sender's name or address, in lower case; "" for any.</param>
/// <param name="Subject">A part of the subject, in lower case; "" for any.</param>
/// <param name="IsFull">Too much waits: new mail is left out.</param>
/// <param name="Waiting">Messages that are still to be told, 1,000,000 at most.</param>
/// <param name="Dead">Messages that were given up, 1,000,000 at most.</param>
internal sealed record WebhookRow(
    Guid Id, string Url, string Scope, string From, string Subject, bool IsFull, int Waiting, int Dead);
