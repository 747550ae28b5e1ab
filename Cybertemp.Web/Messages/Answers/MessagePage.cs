namespace Cybertemp.Web.Messages.Answers;

/// <summary>Part of a list.</summary>
/// <param name="Messages">Newest first.</param>
internal sealed record MessagePage(IReadOnlyList<MessageSummary> Messages);
