using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Sync;

/// <summary>The receiver's schema in a database of its own, with the triggers that announce changes of the filters.</summary>
internal sealed class FilterTables(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(connectionString);

    public string ConnectionString => connectionString;

    public static async Task<FilterTables> CreateAsync(string connectionString)
    {
        var tables = new FilterTables(connectionString);
        var schema = Path.Combine(Repository.Root, "Cybertemp.SmtpReceiver/Storage/Migrations/0001_schema.sql");
        await tables.ExecuteAsync(await File.ReadAllTextAsync(schema));
        return tables;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
