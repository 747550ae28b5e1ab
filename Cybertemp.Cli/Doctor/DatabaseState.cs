using Cybertemp.Mail.Schema;
using Npgsql;

namespace Cybertemp.Cli.Doctor;

/// <summary>What PostgreSQL says of itself.</summary>
/// <param name="SchemaVersion">0 without a schema; null when this role may not read it.</param>
/// <param name="DataDirectory">Null when this role may not see it.</param>
internal sealed record DatabaseState(
    int ServerVersion,
    string ServerVersionText,
    DateTime Time,
    bool IsReadOnly,
    bool HasFsync,
    bool HasFullPageWrites,
    string SynchronousCommit,
    long Bytes,
    bool HasTodayAndTomorrow,
    string? DataDirectory,
    int? SchemaVersion)
{
    private const string Look = """
        select current_setting('server_version_num')::int, current_setting('server_version'), clock_timestamp(),
            current_setting('transaction_read_only') = 'on', current_setting('fsync') = 'on',
            current_setting('full_page_writes') = 'on',
            current_setting('synchronous_commit'), pg_database_size(current_database()),
            to_regclass('emails_' || to_char(now() at time zone 'UTC', 'YYYYMMDD')) is not null
                and to_regclass('emails_' || to_char(now() at time zone 'UTC' + interval '1 day', 'YYYYMMDD'))
                    is not null,
            (select setting from pg_settings where name = 'data_directory')
        """;

    public static async Task<DatabaseState> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var schemaVersion = await ReadSchemaVersionAsync(database, ct);
        await using var command = database.CreateCommand(Look);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(
            reader.GetInt32(0),
            reader.GetString(1),
            reader.GetDateTime(2),
            reader.GetBoolean(3),
            reader.GetBoolean(4),
            reader.GetBoolean(5),
            reader.GetString(6),
            reader.GetInt64(7),
            reader.GetBoolean(8),
            await reader.IsDBNullAsync(9, ct) ? null : reader.GetString(9),
            schemaVersion);
    }

    private static async Task<int?> ReadSchemaVersionAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        try
        {
            return await SchemaMigrator.ReadVersionAsync(database, ct);
        }
        catch (PostgresException ex) when (ex.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }
}
