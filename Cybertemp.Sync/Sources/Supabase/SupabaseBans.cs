using Cybertemp.Mail.Filters;

namespace Cybertemp.Sync.Sources.Supabase;

/// <summary>The active rows of the table <c>bans</c> of a Supabase project.</summary>
internal sealed class SupabaseBans(SupabaseProject project) : IRowSource<BanRow>
{
    public async Task<IReadOnlyList<BanRow>?> ReadAsync(CancellationToken ct) =>
    [
        .. (await project.ReadAllAsync<BanRecord>("id,scope,value,match_type", status: "active", ct))
            .Select(static r => new BanRow(r.Id, r.Scope, r.Value, r.MatchType)),
    ];
}
