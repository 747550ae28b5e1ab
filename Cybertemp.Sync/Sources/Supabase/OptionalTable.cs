namespace Cybertemp.Sync.Sources.Supabase;

/// <summary>
/// A table that a project may lack: projects are older than it. Once it has been there, its absence is a failure. Not
/// thread-safe.
/// </summary>
internal sealed class OptionalTable<TRecord>(SupabaseProject project, string columns)
    where TRecord : FilterRecord, new()
{
    private bool _wasSeen;

    /// <summary>All rows; none while there has never been a table.</summary>
    public async Task<IReadOnlyList<TRecord>> ReadAsync(CancellationToken ct)
    {
        try
        {
            var rows = await project.ReadAllAsync<TRecord>(columns, status: null, ct);
            _wasSeen = true;
            return rows;
        }
        catch (SourceException ex) when (ex.IsMissing && !_wasSeen)
        {
            return [];
        }
    }
}
