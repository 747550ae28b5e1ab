namespace Cybertemp.Mail.Webhooks;

/// <summary>A line of the delivery log.</summary>
/// <param name="At">UTC.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Outcome"><c>delivered</c>, <c>failed</c>, <c>dead</c> or <c>gone</c>.</param>
/// <param name="Status">Of the answer; null without one.</param>
/// <param name="Error">A word for what failed; "" when nothing did.</param>
internal sealed record WebhookAttempt(
    Guid EmailId, DateTime At, int Attempt, string Outcome, int? Status, int Milliseconds, string Error);
