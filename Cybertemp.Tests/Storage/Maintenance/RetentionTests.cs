using Cybertemp.Mail.Schema;
using Cybertemp.ServiceDefaults;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cybertemp.Tests.Storage.Maintenance;

public sealed class RetentionTests(Servers servers)
{
    private const string Attached = "select string_agg(inhrelid::regclass::text, ' ' order by "
        + "inhrelid::regclass::text) from pg_inherits where inhparent = 'emails'::regclass";

    [Theory]
    [InlineData("UTC")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/Los_Angeles")]
    public async Task Drops_only_days_older_than_the_retention_in_any_time_zone(string zone)
    {
        await using var storage = await StartAsync(zone: zone);
        await AddDaysAsync(storage, -9, -8, -7, -1);

        Assert.True(await storage.Get<Retention>().RunAsync(force: false, CancellationToken.None));

        Assert.Equal(
            Days(-7, -1, 0, 1, 2, 3, 4, 5, 6, 7),
            await storage.DataSource.ScalarAsync<string>(Attached));
        Assert.Equal(0L, await storage.DataSource.ScalarAsync<long>(
            $"select count(*) from pg_class where relname in ('{Day(-8)}', '{Day(-9)}')"));
    }

    [Fact]
    public async Task Drops_at_most_two_days_a_run_unless_forced()
    {
        await using var storage = await StartAsync();
        await AddDaysAsync(storage, -14, -13, -12, -11, -10);

        await storage.Get<Retention>().RunAsync(force: false, CancellationToken.None);
        Assert.StartsWith(
            Days(-12, -11, -10), await storage.DataSource.ScalarAsync<string>(Attached), StringComparison.Ordinal);

        await storage.Get<Retention>().RunAsync(force: true, CancellationToken.None);
        Assert.Equal(Days(0, 1, 2, 3, 4, 5, 6, 7), await storage.DataSource.ScalarAsync<string>(Attached));
    }

    [Fact]
    public async Task Keeps_everything_when_the_retention_is_zero()
    {
        await using var storage = await StartAsync(o => o.Retention = TimeSpan.Zero);
        await AddDaysAsync(storage, -400);

        Assert.True(await storage.Get<Retention>().RunAsync(force: true, CancellationToken.None));

        Assert.Contains(Day(-400), await storage.DataSource.ScalarAsync<string>(Attached), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_what_an_operator_detached()
    {
        await using var storage = await StartAsync();
        await AddDaysAsync(storage, -20);
        await storage.DataSource.ExecuteAsync($"alter table emails detach partition {Day(-20)}");

        await storage.Get<Retention>().RunAsync(force: true, CancellationToken.None);

        Assert.True(await storage.DataSource.ScalarAsync<bool>($"select to_regclass('{Day(-20)}') is not null"));
    }

    [Fact]
    public async Task Does_nothing_while_another_replica_is_at_it()
    {
        await using var storage = await StartAsync();
        await AddDaysAsync(storage, -20);
        await using var other = await storage.DataSource.OpenConnectionAsync();
        await using var turn = new NpgsqlCommand(
            $"begin; select pg_advisory_xact_lock({AdvisoryLocks.Retention})", other);
        await turn.ExecuteNonQueryAsync();

        Assert.True(await storage.Get<Retention>().RunAsync(force: true, CancellationToken.None));

        Assert.Contains(Day(-20), await storage.DataSource.ScalarAsync<string>(Attached), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_reader_stalls_neither_intake_nor_the_next_run()
    {
        // The receiver's clock is 40 days off, the day it writes to is missing, and somebody reads the whole table.
        await using var storage = await StartAsync(clock: new ShiftedTimeProvider(TimeSpan.FromDays(40)));
        await AddDaysAsync(storage, -20);
        await storage.WriteAsync(Messages.To("old@t"));
        await storage.DataSource.ExecuteAsync($"alter table emails detach partition {Day(1)}; drop table {Day(1)}");
        await using var reader = await storage.DataSource.OpenConnectionAsync();
        await using var read = new NpgsqlCommand("begin; select count(*) from emails", reader);
        await read.ExecuteNonQueryAsync();

        var run = storage.Get<Retention>().RunAsync(force: false, CancellationToken.None);
        while (!run.IsCompleted)
        {
            Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t"))
                .WaitAsync(TimeSpan.FromSeconds(5)));
        }

        Assert.False(await run);
        Assert.Contains(Day(1), await storage.DataSource.ScalarAsync<string>(Attached), StringComparison.Ordinal);
        await using var end = new NpgsqlCommand("commit", reader);
        await end.ExecuteNonQueryAsync();
        Assert.True(await storage.Get<Retention>().RunAsync(force: false, CancellationToken.None));
        Assert.Equal(Days(0, 1, 2, 3, 4, 5, 6, 7), await storage.DataSource.ScalarAsync<string>(Attached));
        Assert.Equal(0L, await storage.DataSource.ScalarAsync<long>(
            "select count(*) from emails where received_at > now() + interval '5 minutes'"));
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_is_not_taken_for_a_long_reader()
    {
        await using var storage = await StartAsync();
        await using var one = NpgsqlDataSource.Create(
            $"{storage.DataSource.ConnectionString};Maximum Pool Size=1;Minimum Pool Size=0;Timeout=1");
        var retention = new Retention(
            one,
            new EmailPartitions(one, NullLogger<EmailPartitions>.Instance),
            Retention.DefaultAge,
            static _ => { },
            NullLogger<Retention>.Instance);

        var failure = await Assert.ThrowsAsync<NpgsqlException>(
            () => retention.RunAsync(force: false, CancellationToken.None));
        Assert.Contains("pool", FailureReason.Of(failure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_mail_of_inboxes_on_hold()
    {
        await using var storage = await StartAsync();
        await AddDaysAsync(storage, -20);
        foreach (var inbox in (string[])["held@t", "free@t"])
        {
            await storage.WriteAsync(Messages.To(inbox));
        }

        await storage.DataSource.ExecuteAsync(
            "update emails set received_at = received_at - interval '20 days'; insert into inbox_hold (address) values "
                + "('held@t')");

        Assert.True(await storage.Get<Retention>().RunAsync(force: true, CancellationToken.None));

        Assert.Equal(["held@t"], await storage.DataSource.ColumnAsync("select inbox from held_emails"));
        Assert.Equal(0L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
    }

    private async Task<StorageHost> StartAsync(
        Action<StorageOptions>? configure = null, string zone = "UTC", TimeProvider? clock = null)
    {
        var connectionString = $"{await servers.Postgres.CreateDatabaseAsync()};Timezone={zone}";
        return await StorageHost.StartAsync(
            connectionString,
            o =>
            {
                (o.RetentionInterval, o.CommandTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(10));
                configure?.Invoke(o);
            },
            services =>
            {
                services.AddSingleton(clock ?? TimeProvider.System);

                // The test says when retention runs.
                services.Remove(services.Single(s => s.ImplementationType == typeof(RetentionService)));
            });
    }

    private static async Task AddDaysAsync(StorageHost storage, params int[] days)
    {
        foreach (var day in days)
        {
            await storage.DataSource.ScalarAsync<bool>(
                $"select emails_add_day((now() at time zone 'UTC')::date + ({day}))");
        }
    }

    private static string Day(int offset) => $"emails_{TimeProvider.System.GetUtcNow().AddDays(offset):yyyyMMdd}";

    private static string Days(params int[] offsets) => string.Join(' ', offsets.Select(Day));
}
