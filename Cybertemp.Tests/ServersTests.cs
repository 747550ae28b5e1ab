using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests;

public sealed class ServersTests(Servers servers)
{
    [Fact]
    public async Task A_database_of_its_own_is_empty()
    {
        await using var dataSource = NpgsqlDataSource.Create(await servers.Postgres.CreateDatabaseAsync());
        await using var command = dataSource.CreateCommand(
            "select count(*) from pg_tables where schemaname = 'public'");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }
}
