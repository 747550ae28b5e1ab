namespace Cybertemp.Mail.Filters;

/// <summary>An active row of <c>bans</c>, as its source has it.</summary>
internal readonly record struct BanRow(string Id, string? Scope, string? Value, string? MatchType);
