using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Storage.Maintenance;

public sealed class StorageMonitorTests(Servers servers)
{
    [Fact]
    public async Task Refuses_mail_while_the_database_is_larger_than_allowed()
    {
        await using var storage = await StorageHost.StartAsync(
            await servers.Postgres.CreateDatabaseAsync(), o => o.MaxDatabaseBytes = 1);
        await storage.Get<StorageMonitor>().LookAsync(CancellationToken.None);

        Assert.Equal(WriteOutcome.DatabaseFull, await storage.WriteAsync(Messages.To("a@t")));
        Assert.Equal(0L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
    }

    [Fact]
    public async Task Measures_the_days_that_are_there_and_whether_tomorrow_is()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        await storage.Get<Retention>().RunAsync(force: false, CancellationToken.None);
        await storage.DataSource.ExecuteAsync("select emails_add_day((now() at time zone 'UTC')::date - 2)");
        var monitor = storage.Get<StorageMonitor>();

        await monitor.LookAsync(CancellationToken.None);
        Assert.Equal(
            new EmailDays(Count: 9, Oldest: 2, Newest: 7, HasTomorrow: true), storage.Get<StorageMetrics>().Days);

        await storage.DataSource.ExecuteAsync(
            "do $$ begin execute format('drop table emails_%s', to_char((now() at time zone 'UTC')::date + 1, "
                + "'YYYYMMDD')); end $$");
        await monitor.LookAsync(CancellationToken.None);
        Assert.Equal(
            new EmailDays(Count: 8, Oldest: 2, Newest: 7, HasTomorrow: false), storage.Get<StorageMetrics>().Days);
    }

    [Fact]
    public async Task Brings_last_received_at_up_to_date_without_waiting_for_locks()
    {
        await using var storage = await StorageHost.StartAsync(
            await servers.Postgres.CreateDatabaseAsync(), o => o.LastReceivedInterval = TimeSpan.FromMinutes(5));
        await storage.WriteAsync(Messages.To("a@t", "held@t"));
        await storage.DataSource.ExecuteAsync("update inbox set last_received_at = '2020-01-01'");
        await using var holder = await storage.DataSource.OpenConnectionAsync();
        await using var hold = new Npgsql.NpgsqlCommand(
            "begin; select from inbox where address = 'held@t' for update", holder);
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
    public async Task Brings_last_received_at_up_to_date_by_itself()
    {
        string[] inboxes = [.. Enumerable.Range(0, 600).Select(static i => $"{i}@t")];
        await using var storage = await StorageHost.StartAsync(
            await servers.Postgres.CreateDatabaseAsync(),
            o => o.LastReceivedInterval = TimeSpan.FromMilliseconds(100));
        await storage.WriteAsync(Messages.To(inboxes));
        await storage.DataSource.ExecuteAsync("update inbox set last_received_at = '2020-01-01'");
        await storage.WriteAsync(Messages.To(inboxes));
        await Eventually.TrueAsync(async () => await storage.DataSource.ScalarAsync<long>(
            "select count(*) from inbox where last_received_at > '2021-01-01'") == inboxes.Length);
    }

    [Fact]
    public async Task Reports_settings_under_which_a_commit_can_be_lost()
    {
        await using var server = await PostgresServer.StartAsync("fsync=off", "full_page_writes=off");
        await using var storage = await StorageHost.StartAsync(await server.CreateDatabaseAsync());
        await storage.Get<StorageMonitor>().LookAsync(CancellationToken.None);

        Assert.Equal(["fsync", "full_page_writes"], storage.Get<DatabaseState>().Weaknesses);
    }

    [Fact]
    public async Task Warns_once_of_a_server_without_lz4_and_stores_all_the_same()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await using (var owner = Npgsql.NpgsqlDataSource.Create(connectionString))
        {
            await owner.ExecuteAsync("create schema old");
            await owner.ExecuteAsync(
                "create view old.pg_settings as select name, setting, case name when 'default_toast_compression' then "
                    + "'{pglz}' else enumvals end as enumvals "
                    + "from pg_catalog.pg_settings");
        }

        // Every look at what the server offers meets the view; so the tables are in its schema too.
        var log = new CapturedLog();
        await using var storage = await StorageHost.StartAsync(
            $"{connectionString};Search Path=old,pg_catalog", replace: services =>
                services.AddLogging(l => l.AddProvider(log)));
        const string Warning = "Warning PostgreSQL offers no lz4";
        await Eventually.TrueAsync(() => log.Lines.Any(l => l.StartsWith(Warning, StringComparison.Ordinal)));
        await storage.Get<StorageMonitor>().LookAsync(CancellationToken.None);
        await storage.Get<StorageMonitor>().LookAsync(CancellationToken.None);

        Assert.Single(log.Lines, l => l.StartsWith(Warning, StringComparison.Ordinal));
        Assert.Equal(0L, await storage.DataSource.ScalarAsync<long>(
            "select count(*) from pg_attribute where attrelid in ('emails'::regclass, 'private_emails'::regclass) and "
                + "attcompression <> ''"));
        Assert.Equal(
            WriteOutcome.Committed, await storage.WriteAsync(Messages.Of([new("a@t", false)], raw: new byte[100_000])));
        Assert.Equal(
            "pglz", await storage.DataSource.ScalarAsync<string>("select pg_column_compression(raw) from emails"));
    }

    [Fact]
    public async Task Takes_lz4_where_the_server_offers_it()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());

        Assert.Equal(
            WriteOutcome.Committed, await storage.WriteAsync(Messages.Of([new("a@t", false)], raw: new byte[100_000])));

        Assert.Equal(
            "lz4", await storage.DataSource.ScalarAsync<string>("select pg_column_compression(raw) from emails"));
    }
}
