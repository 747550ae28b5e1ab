using Cybertemp.Mail.Filters.Recipients;

namespace Cybertemp.Sync.Sources.Supabase;

/// <summary>The table <c>domain_prefixes</c> of a Supabase project, which need not have one.</summary>
internal sealed class SupabasePrefixes(SupabaseProject project) : IRowSource<PrefixRow>
{
    private readonly OptionalTable<PrefixRecord> _table = new(project, "id,domain,prefix");

    public async Task<IReadOnlyList<PrefixRow>?> ReadAsync(CancellationToken ct) =>
        [.. (await _table.ReadAsync(ct)).Select(static r => new PrefixRow(r.Id, r.Domain, r.Prefix))];
}
