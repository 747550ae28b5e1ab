namespace Cybertemp.Mail.Filters;

/// <summary>A row of <c>domains</c>, as its source has it.</summary>
internal readonly record struct DomainRow(string Id, string? Domain);
