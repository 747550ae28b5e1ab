using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>What a message's header says.</summary>
/// <param name="MessageId">The Message-ID field without brackets; "" when there is none.</param>
/// <param name="Fields">In their order.</param>
internal sealed record MessageHead(string MessageId, IReadOnlyList<MessageHeader> Fields)
{
    public static readonly MessageHead Empty = new("", []);
}
