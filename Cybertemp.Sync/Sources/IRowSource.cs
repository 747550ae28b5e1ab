namespace Cybertemp.Sync.Sources;

/// <summary>A table of rules somewhere else.</summary>
internal interface IRowSource<TRow>
{
    /// <summary>
    /// All rows in force, or an exception; never a part of them. Null while there has never been a table.
    /// </summary>
    Task<IReadOnlyList<TRow>?> ReadAsync(CancellationToken ct);
}
