using System.Diagnostics;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Cybertemp.Tests.Commit;

/// <summary>Each on a server of its own, since each takes it away.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private string _connectionString = "";

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _connectionString = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("KILL")]
    public async Task A_client_waits_while_the_server_restarts(string signal)
    {
        await using var storage = await StorageHost.StartAsync(_connectionString);
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("before@t")));
        await _server.StopAsync(signal);

        var write = storage.WriteAsync(Messages.To("during@t"));
        await _server.RestartAsync();

        Assert.Equal(WriteOutcome.Committed, await write);
        Assert.Equal(
            ["before@t", "during@t"], await storage.DataSource.ColumnAsync("select inbox from emails order by inbox"));
        Assert.True(storage.Writer.IsAvailable);
    }

    [Fact]
    public async Task A_client_is_told_after_the_wait_and_the_store_counts_as_away_until_it_is_back()
    {
        await using var storage = await StartAsync(
            o => (o.MaxCommitWait, o.ProbeInterval) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100)));
        Assert.True(storage.Writer.IsAvailable);
        await _server.StopAsync("QUIT");

        var clock = Stopwatch.StartNew();
        Assert.Equal(WriteOutcome.Unavailable, await storage.WriteAsync(Messages.To("during@t")));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 20);

        await Eventually.TrueAsync(() => !storage.Writer.IsAvailable);
        await _server.RestartAsync();
        await Eventually.TrueAsync(() => storage.Writer.IsAvailable);

        // As a client would: on a busy machine a commit may take longer than this test's second.
        await Eventually.TrueAsync(
            async () => await storage.WriteAsync(Messages.To("after@t")) is WriteOutcome.Committed);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_server_that_is_away()
    {
        await using var storage = await StartAsync(o => o.MaxCommitWaitAtStop = TimeSpan.FromMilliseconds(500));
        await _server.StopAsync("QUIT");
        var write = storage.WriteAsync(Messages.To("a@t"));
        await Eventually.TrueAsync(() => storage.Get<StorageAvailability>().IsAway);

        var clock = Stopwatch.StartNew();
        await storage.StopAsync();

        Assert.Equal(WriteOutcome.Unavailable, await write);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 15);
    }

    [Fact]
    public async Task Freezing_every_process_of_the_server_for_longer_than_the_command_timeout_duplicates_nothing()
    {
        await using var storage = await StartAsync(
            o => (o.CommandTimeout, o.LockTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500)));
        await storage.WriteAsync(Messages.To("before@t"));
        await _server.SignalAllAsync("STOP");

        var writes = Enumerable.Range(0, 20).Select(i => storage.WriteAsync(Messages.To($"{i}@t"))).ToArray();
        await Eventually.TrueAsync(() => storage.Get<StorageAvailability>().AwayFor > TimeSpan.FromSeconds(2));
        Assert.All(writes, w => Assert.False(w.IsCompleted));
        await _server.SignalAllAsync("CONT");

        Assert.All(await Task.WhenAll(writes), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(21L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(21L, await storage.DataSource.ScalarAsync<long>("select count(distinct message_uid) from emails"));
    }

    [Fact]
    public async Task A_full_disk_is_an_outage()
    {
        var directory = Directory.CreateTempSubdirectory("cybertemp-disk-").FullName;
        var disk = await SmallDisk.MountAsync(directory, "24m");
        try
        {
            await using var owner = NpgsqlDataSource.Create(_connectionString);
            await owner.ExecuteAsync($"create tablespace small location '{directory}'");
            await owner.ExecuteAsync("create database small tablespace small");
            await using var storage = await StorageHost.StartAsync(
                _server.ConnectionString("small"), o => o.MaxCommitWait = TimeSpan.FromSeconds(2));
            var stored = 0;
            while (await storage.WriteAsync(Random(1024 * 1024)) is WriteOutcome.Committed)
            {
                stored++;
            }

            await disk.ResizeAsync("64m");
            Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Random(1024 * 1024)));
            Assert.InRange(
                await storage.DataSource.ScalarAsync<long>("select count(*) from emails"), stored + 1, stored + 2);
        }
        finally
        {
            await _server.StopAsync("QUIT");
            await disk.DisposeAsync();
            Directory.Delete(directory);
        }
    }

    [Fact]
    public async Task A_message_that_kills_its_server_process_is_refused_alone()
    {
        await using var storage = await StorageHost.StartAsync(_connectionString);
        await storage.DataSource.ExecuteAsync(
            """
            create function die() returns trigger language plpgsql as
                $$ begin copy (select 1) to program 'kill -9 $PPID'; perform pg_sleep(10); return new; end $$;
            create trigger die before insert on inbox for each row when (new.address='killer@t') execute function die();
            """);
        var hold = await TableLock.HoldAsync(storage.DataSource);
        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();
        var neighbours = Enumerable.Range(0, 5).Select(i => storage.WriteAsync(Messages.To($"{i}@t"))).ToList();
        var killer = storage.WriteAsync(Messages.To("killer@t"));
        neighbours.AddRange([first, .. Enumerable.Range(5, 2).Select(i => storage.WriteAsync(Messages.To($"{i}@t")))]);
        await hold.DisposeAsync();

        Assert.All(await Task.WhenAll(neighbours), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(WriteOutcome.Unavailable, await killer);
        await Eventually.TrueAsync(() => storage.Writer.IsAvailable);
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("after@t")));
        Assert.Equal(9L, await storage.DataSource.ScalarAsync<long>(
            "select count(distinct inbox) from emails where inbox <> 'killer@t'"));
        Assert.Equal(0L, await storage.DataSource.ScalarAsync<long>("select count(*) from quarantine"));
    }

    [Fact]
    public async Task Starts_without_the_server_and_migrates_when_it_comes()
    {
        await _server.StopAsync("QUIT");
        await using var storage = await StartAsync(o => o.StartupWait = TimeSpan.FromMilliseconds(100));
        Assert.False(storage.Writer.IsAvailable);
        Assert.Equal(HealthStatus.Unhealthy, (await storage.Get<HealthCheckService>().CheckHealthAsync()).Status);

        await _server.RestartAsync();
        await Eventually.TrueAsync(() => storage.Writer.IsAvailable);

        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t")));
        Assert.Equal(HealthStatus.Healthy, (await storage.Get<HealthCheckService>().CheckHealthAsync()).Status);
    }

    private static StoredMessage Random(int bytes)
    {
        var raw = new byte[bytes];
        System.Random.Shared.NextBytes(raw);
        return Messages.Of([new("a@t", false)], raw: raw);
    }

    private Task<StorageHost> StartAsync(Action<StorageOptions> configure) =>
        StorageHost.StartAsync(_connectionString, configure);
}
