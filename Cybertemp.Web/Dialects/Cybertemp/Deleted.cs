namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>What became of a deletion.</summary>
/// <param name="Count">How many messages.</param>
internal sealed record Deleted(bool Success, int Count);
