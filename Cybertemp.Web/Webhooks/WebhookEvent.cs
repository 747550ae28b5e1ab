using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Webhooks;

/// <summary>What a webhook is told.</summary>
/// <param name="Type"><c>message.received</c>.</param>
/// <param name="Timestamp">When it was received, UTC.</param>
/// <param name="Data">As in a list of the API.</param>
internal sealed record WebhookEvent(string Type, DateTime Timestamp, MessageSummary Data);
