using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Storage;

/// <summary>Makes the INSERT of large mail wait, and of that alone, until it is disposed.</summary>
internal sealed class LargeMailLock : IAsyncDisposable
{
    private const int Key = 77;

    private readonly NpgsqlDataSource _dataSource;
    private readonly NpgsqlConnection _connection;

    private LargeMailLock(NpgsqlDataSource dataSource, NpgsqlConnection connection) =>
        (_dataSource, _connection) = (dataSource, connection);

    public static async Task<LargeMailLock> HoldAsync(NpgsqlDataSource dataSource)
    {
        await dataSource.ExecuteAsync(
            $"""
            create function wait_if_large() returns trigger language plpgsql as $$
            begin
                if new.size_bytes > 262144 then
                    perform pg_advisory_xact_lock({Key});
                end if;
                return new;
            end $$;
            create trigger wait_if_large before insert on emails for each row execute function wait_if_large();
            """);
        var connection = await dataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"select pg_advisory_lock({Key})", connection);
        await command.ExecuteNonQueryAsync();
        return new(dataSource, connection);
    }

    public async Task UntilSomebodyWaitsAsync() => await Eventually.TrueAsync(async () =>
        await _dataSource.ScalarAsync<long>(
            "select count(*) from pg_locks where not granted and locktype = 'advisory'") > 0);

    public async ValueTask DisposeAsync()
    {
        await using (var command = new NpgsqlCommand($"select pg_advisory_unlock({Key})", _connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        await _connection.DisposeAsync();
    }
}
