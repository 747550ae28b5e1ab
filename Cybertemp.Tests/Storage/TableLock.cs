using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Storage;

/// <summary>Keeps everybody else off <c>emails</c> until it is disposed.</summary>
internal sealed class TableLock : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly NpgsqlConnection _connection;

    private TableLock(NpgsqlDataSource dataSource, NpgsqlConnection connection) =>
        (_dataSource, _connection) = (dataSource, connection);

    public static async Task<TableLock> HoldAsync(NpgsqlDataSource dataSource)
    {
        var connection = await dataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("begin; lock table emails in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return new(dataSource, connection);
    }

    public Task UntilSomebodyWaitsAsync(int transactions = 1) => Eventually.TrueAsync(async () =>
        await _dataSource.ScalarAsync<long>(
            "select count(*) from pg_locks where not granted and relation = 'emails'::regclass") >= transactions);

    public async ValueTask DisposeAsync()
    {
        await using (var command = new NpgsqlCommand("rollback", _connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        await _connection.DisposeAsync();
    }
}
