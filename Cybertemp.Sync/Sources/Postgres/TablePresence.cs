using Npgsql;

namespace Cybertemp.Sync.Sources.Postgres;

/// <summary>
/// Whether a table has ever been there: a receiver makes it, and at a first start Sync may be the earlier one. Not
/// thread-safe.
/// </summary>
internal sealed class TablePresence(NpgsqlDataSource dataSource, string table)
{
    private bool _wasSeen;

    /// <summary>Asks without an error on either side; from the first sight on it does not ask any more.</summary>
    public async Task<bool> WasSeenAsync(CancellationToken ct)
    {
        if (!_wasSeen)
        {
            await using var command = dataSource.CreateCommand("select to_regclass($1) is not null");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
            _wasSeen = await command.ExecuteScalarAsync(ct) is true;
        }

        return _wasSeen;
    }
}
