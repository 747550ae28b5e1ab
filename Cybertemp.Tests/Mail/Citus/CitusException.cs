namespace Cybertemp.Tests.Mail.Citus;

/// <summary>A statement that reaches further than one shard, and why it may.</summary>
/// <param name="Begin">What it begins with, or a part of it that no other statement has.</param>
/// <param name="Reach">How far.</param>
/// <param name="Reason">What it means to who runs it on Citus.</param>
internal sealed record CitusException(string Begin, CitusReach Reach, string Reason);
