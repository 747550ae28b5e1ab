namespace Cybertemp.Mail.Filters.Recipients;

/// <summary>All rows of both tables, as their source has them.</summary>
internal sealed record RecipientRows(IReadOnlyList<BlockedRow> Blocked, IReadOnlyList<PrefixRow> Prefixes)
{
    public static readonly RecipientRows None = new([], []);
}
