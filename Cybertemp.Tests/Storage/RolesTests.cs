using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Storage;

[Collection(Servers.Name)]
public sealed class RolesTests(Servers servers)
{
    [Fact]
    public async Task Each_role_can_do_its_work_and_no_more()
    {
        var owner = await servers.Postgres.CreateDatabaseAsync();
        await using (await StorageHost.StartAsync(owner))
        {
            await ApplyAsync(owner);
            await ApplyAsync(owner);
        }

        await using var storage = await StorageHost.StartAsync(owner + ";Username=roles_receiver");
        await using var admin = NpgsqlDataSource.Create(owner);
        var today = $"emails_{TimeProvider.System.GetUtcNow():yyyyMMdd}";
        await admin.ExecuteAsync($"drop table {today}");
        await admin.ExecuteAsync("insert into private_email (email) values ('private@t')");

        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t", "private@t")));
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.Of([new("b@t", false)], text: "\0")));
        await storage.Get<LastReceivedFlusher>().FlushAsync(CancellationToken.None);
        Assert.Equal(1L, await admin.ScalarAsync<long>("select count(*) from quarantine"));
        await AssertDeniedAsync(storage.DataSource, "select raw from emails");
        await AssertDeniedAsync(storage.DataSource, "delete from emails");
        await AssertDeniedAsync(storage.DataSource, $"drop table {today}");

        await using var sync = NpgsqlDataSource.Create(owner + ";Username=roles_sync");
        await sync.ExecuteAsync("select * from domains, bans");
        await AssertDeniedAsync(sync, "select * from emails");

        await using var api = NpgsqlDataSource.Create(owner + ";Username=roles_api");
        await api.ExecuteAsync("select * from emails_api");
        await api.ExecuteAsync("update emails set read = true");
        await AssertDeniedAsync(api, "update emails set subject = ''");

        await using var migrator = await StorageHost.StartAsync(owner + ";Username=roles_migrator");
        Assert.True(await migrator.Get<Retention>().RunAsync(force: true, CancellationToken.None));
    }

    private static async Task AssertDeniedAsync(NpgsqlDataSource source, string sql)
    {
        var denial = await Assert.ThrowsAsync<PostgresException>(() => source.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, denial.SqlState);
    }

    private static Task ApplyAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return ChildProcess.RunAsync(
            null, "psql", "-X", "-q", "-v", "receiver=roles_receiver", "-v", "sync=roles_sync", "-v", "api=roles_api", "-v", "migrator=roles_migrator",
            "-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, "-d", settings.Database!, "-f", Path.Combine(Repository.Root, "deploy", "sql", "roles.sql"));
    }
}
