using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Sync.Sources.Supabase;

/// <summary>The table <c>blocked_addresses</c> of a Supabase project, which need not have one.</summary>
internal sealed class SupabaseBlocked(SupabaseProject project) : IRowSource<BlockedRow>
{
    private readonly OptionalTable<BlockedRecord> _table = new(project, "id,address");

    public async Task<IReadOnlyList<BlockedRow>?> ReadAsync(CancellationToken ct) =>
        [.. (await _table.ReadAsync(ct)).Select(static r => new BlockedRow(r.Id, r.Address))];
}
