using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Dialects.Mcp;

/// <summary>Part of an inbox.</summary>
/// <param name="Untrusted">Who wrote what follows.</param>
/// <param name="Messages">Newest first.</param>
internal sealed record MailList(string Untrusted, IReadOnlyList<MessageSummary> Messages);
