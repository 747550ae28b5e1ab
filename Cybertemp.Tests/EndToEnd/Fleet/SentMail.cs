namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>A message that was answered 250.</summary>
/// <param name="StartedAt">When this attempt began, with the connecting where there was none.</param>
/// <param name="Took">From then to the 250.</param>
/// <param name="DotTook">Final dot to 250.</param>
internal sealed record SentMail(
    string Inbox, string Subject, DateTimeOffset StartedAt, TimeSpan Took, TimeSpan DotTook);
