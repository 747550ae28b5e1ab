namespace Cybertemp.Mail.Filters.Recipients;

/// <summary>A row of <c>domain_prefixes</c>, as its source has it.</summary>
internal readonly record struct PrefixRow(string Id, string? Domain, string? Prefix);
