namespace Cybertemp.Web.Messages.Answers;

/// <summary>The body of a change.</summary>
/// <param name="Read">Whether the message has been read.</param>
internal sealed record ReadFlag(bool Read);
