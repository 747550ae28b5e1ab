using Cybertemp.Mail.Filters;

namespace Cybertemp.Sync.Sources.Supabase;

/// <summary>The table <c>domains</c> of a Supabase project.</summary>
internal sealed class SupabaseDomains(SupabaseProject project) : IRowSource<DomainRow>
{
    public async Task<IReadOnlyList<DomainRow>?> ReadAsync(CancellationToken ct) =>
        [.. (await project.ReadAllAsync<DomainRecord>("id,domain", status: null, ct)).Select(
            static r => new DomainRow(r.Id, r.Domain))];
}
