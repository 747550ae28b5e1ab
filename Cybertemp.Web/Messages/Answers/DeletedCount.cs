namespace Cybertemp.Web.Messages.Answers;

/// <summary>What became of an inbox's mail.</summary>
/// <param name="Deleted">How many messages.</param>
internal sealed record DeletedCount(int Deleted);
