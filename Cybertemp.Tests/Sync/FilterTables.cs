using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Sync;

/// <summary>
/// The receiver's schema in a database of its own, with the triggers that announce changes of the filters.
/// </summary>
internal sealed class FilterTables(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(connectionString);

    public string ConnectionString => connectionString;

    public static async Task<FilterTables> CreateAsync(string connectionString)
    {
        var tables = new FilterTables(connectionString);
        await tables.MigrateAsync();
        return tables;
    }

    public Task MigrateAsync() => ApplyAsync("0001_schema.sql");

    /// <summary>The version with rules of recipients: before it there are none, as in an older schema.</summary>
    public async Task MigrateToRecipientsAsync()
    {
        await ApplyAsync("0002_holds.sql");
        await ApplyAsync("0003_inboxes.sql");
    }

    private async Task ApplyAsync(string file) => await ExecuteAsync(await File.ReadAllTextAsync(
        Path.Combine(Repository.Root, "Cybertemp.Mail/Schema/Migrations", file)));

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
