using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Storage;

[Collection(Servers.Name)]
public sealed class StorageMonitorTests(Servers servers)
{
    [Fact]
    public async Task Refuses_mail_while_the_database_is_larger_than_allowed()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync(), o => o.MaxDatabaseBytes = 1);
        await storage.Get<StorageMonitor>().LookAsync(CancellationToken.None);

        Assert.Equal(WriteOutcome.DatabaseFull, await storage.WriteAsync(Messages.To("a@t")));
        Assert.Equal(0L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
    }

    [Fact]
    public async Task Brings_last_received_at_up_to_date_without_waiting_for_locks()
    {
        await using var storage = await StorageHost.StartAsync(
            await servers.Postgres.CreateDatabaseAsync(), o => o.LastReceivedInterval = TimeSpan.FromMinutes(5));
        await storage.WriteAsync(Messages.To("a@t", "held@t"));
        await storage.DataSource.ExecuteAsync("update inbox set last_received_at = '2020-01-01'");
        await using var holder = await storage.DataSource.OpenConnectionAsync();
        await using var hold = new Npgsql.NpgsqlCommand("begin; select from inbox where address = 'held@t' for update", holder);
        await hold.ExecuteNonQueryAsync();
        const string Lagging = "select address from inbox where last_received_at < '2021-01-01'";

        await storage.Get<LastReceivedFlusher>().FlushAsync(CancellationToken.None);
        Assert.Equal(["held@t"], await storage.DataSource.ColumnAsync(Lagging));

        await using var release = new Npgsql.NpgsqlCommand("commit", holder);
        await release.ExecuteNonQueryAsync();
        await storage.Get<LastReceivedFlusher>().FlushAsync(CancellationToken.None);
        Assert.Empty(await storage.DataSource.ColumnAsync(Lagging));
    }

    [Fact]
    public async Task Reports_settings_under_which_a_commit_can_be_lost()
    {
        await using var server = await PostgresServer.StartAsync("fsync=off", "full_page_writes=off");
        await using var storage = await StorageHost.StartAsync(await server.CreateDatabaseAsync());
        await storage.Get<StorageMonitor>().LookAsync(CancellationToken.None);

        Assert.Equal(["fsync", "full_page_writes"], storage.Get<DatabaseState>().Weaknesses);
    }
}
