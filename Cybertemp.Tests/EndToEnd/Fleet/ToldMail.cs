namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>A message as a reader saw it.</summary>
/// <param name="Times">How often it was told.</param>
/// <param name="FirstAt">When for the first time.</param>
internal sealed record ToldMail(int Times, DateTimeOffset FirstAt);
