namespace Cybertemp.Mail.Filters.Recipients;

/// <summary>A row of <c>blocked_addresses</c>, as its source has it.</summary>
internal readonly record struct BlockedRow(string Id, string? Address);
