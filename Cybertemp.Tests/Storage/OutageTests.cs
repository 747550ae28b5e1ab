using System.Diagnostics;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Sync;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Cybertemp.Tests.Storage;

/// <summary>Each on a server of its own, since each takes it away.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private string _connectionString = "";

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _connectionString = await _server.CreateDatabaseAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

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
        Assert.Equal(["before@t", "during@t"], await storage.DataSource.ColumnAsync("select inbox from emails order by inbox"));
        Assert.True(storage.Writer.IsAvailable);
    }

    [Fact]
    public async Task A_client_is_told_after_the_wait_and_the_store_counts_as_away_until_it_is_back()
    {
        await using var storage = await StorageHost.StartAsync(
            _connectionString, o => (o.MaxCommitWait, o.ProbeInterval) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100)));
        Assert.True(storage.Writer.IsAvailable);
        await _server.StopAsync("QUIT");

        var clock = Stopwatch.StartNew();
        Assert.Equal(WriteOutcome.Unavailable, await storage.WriteAsync(Messages.To("during@t")));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 5);

        await Eventually.TrueAsync(() => !storage.Writer.IsAvailable);
        await _server.RestartAsync();
        await Eventually.TrueAsync(() => storage.Writer.IsAvailable);
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("after@t")));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_server_that_is_away()
    {
        await using var storage = await StorageHost.StartAsync(_connectionString, o => o.MaxCommitWaitAtStop = TimeSpan.FromMilliseconds(500));
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
        await using var storage = await StorageHost.StartAsync(
            _connectionString, o => (o.CommandTimeout, o.LockTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500)));
        await storage.WriteAsync(Messages.To("before@t"));
        await _server.SignalAllAsync("STOP");

        var writes = Enumerable.Range(0, 20).Select(i => storage.WriteAsync(Messages.To($"{i}@t"))).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.All(writes, w => Assert.False(w.IsCompleted));
        await _server.SignalAllAsync("CONT");

        Assert.All(await Task.WhenAll(writes), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(21L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(21L, await storage.DataSource.ScalarAsync<long>("select count(distinct message_uid) from emails"));
    }

    [Theory]
    [InlineData("alter system set default_transaction_read_only = on", "alter system reset default_transaction_read_only")]
    [InlineData("alter table emails rename to hidden", "alter table hidden rename to emails")]
    [InlineData("alter role app nologin", "alter role app login")]
    [InlineData("alter role app password 'other'", "alter role app password 'secret'")]
    [InlineData("revoke insert on emails from app", "grant insert on emails to app")]
    public async Task What_only_looks_permanent_is_an_outage(string breaks, string heals)
    {
        await using var owner = NpgsqlDataSource.Create(_connectionString + ";Pooling=false;Options=-c default_transaction_read_only=off");
        await new SchemaMigrator(owner, Microsoft.Extensions.Logging.Abstractions.NullLogger<SchemaMigrator>.Instance).MigrateAsync(default);
        await owner.ExecuteAsync(
            "create role app login password 'secret'; grant select, insert, update, delete on all tables in schema public to app");
        await RequirePasswordAsync();
        await using var storage = await StorageHost.StartAsync(_connectionString + ";Username=app;Password=secret");
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("before@t")));

        await ChangeAsync(owner, breaks);
        var write = storage.WriteAsync(Messages.To("during@t"));
        await Eventually.TrueAsync(() => storage.Get<StorageAvailability>().IsAway);
        Assert.False(write.IsCompleted);
        await ChangeAsync(owner, heals);

        Assert.Equal(WriteOutcome.Committed, await write);
        Assert.Equal(2L, await owner.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(0L, await owner.ScalarAsync<long>("select count(*) from quarantine"));
    }

    [Fact]
    public async Task A_changed_password_is_taken_from_its_file_without_a_restart()
    {
        await using var owner = NpgsqlDataSource.Create(_connectionString + ";Pooling=false");
        await owner.ExecuteAsync("create role app superuser login password 'first'");
        await RequirePasswordAsync();
        var file = Path.Combine(_server.DataDirectory, "app.pgpass");
        await File.WriteAllTextAsync(file, "*:*:*:app:first\n");
        await using var storage = await StorageHost.StartAsync($"{_connectionString};Username=app;Passfile={file}");

        await owner.ExecuteAsync("alter role app password 'second'");
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("before@t")));
        Assert.False(storage.Get<StorageAvailability>().IsAway);
        await ChangeAsync(owner, "select");
        var write = storage.WriteAsync(Messages.To("during@t"));
        await Eventually.TrueAsync(() => storage.Get<StorageAvailability>().IsAway);
        Assert.False(write.IsCompleted);
        await File.WriteAllTextAsync(file, "*:*:*:app:second\n");

        Assert.Equal(WriteOutcome.Committed, await write);
        Assert.Equal(["before@t", "during@t"], await owner.ColumnAsync("select inbox from emails order by inbox"));
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
            Assert.InRange(await storage.DataSource.ScalarAsync<long>("select count(*) from emails"), stored + 1, stored + 2);
        }
        finally
        {
            await _server.StopAsync("QUIT");
            await disk.DisposeAsync();
            Directory.Delete(directory);
        }
    }

    [Fact]
    public async Task A_standby_that_does_not_answer_holds_the_outcome_back()
    {
        await using var owner = NpgsqlDataSource.Create(_connectionString + ";Pooling=false;Options=-c default_transaction_read_only=off");
        await using var storage = await StorageHost.StartAsync(_connectionString, o => o.CommandTimeout = TimeSpan.FromSeconds(1));
        await ChangeAsync(owner, "alter system set synchronous_standby_names = 'nobody'");

        // A commit waits only after the checkpointer has taken the setting over, some time after the reload.
        var written = 0L;
        Task<WriteOutcome> write;
        do
        {
            var next = write = storage.WriteAsync(Messages.To("a@t"));
            written++;
            await Eventually.TrueAsync(() => next.IsCompleted || storage.Get<StorageAvailability>().IsAway);
        }
        while (write.IsCompleted);

        Assert.False(write.IsCompleted);
        await ChangeAsync(owner, "alter system reset synchronous_standby_names");
        Assert.Equal(WriteOutcome.Committed, await write);
        Assert.Equal(written, await owner.ScalarAsync<long>("select count(*) from emails"));
    }

    [Fact]
    public async Task Starts_without_the_server_and_migrates_when_it_comes()
    {
        await _server.StopAsync("QUIT");
        await using var storage = await StorageHost.StartAsync(_connectionString, o => o.StartupWait = TimeSpan.FromMilliseconds(100));
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

    private static async Task ChangeAsync(NpgsqlDataSource owner, string change)
    {
        await owner.ExecuteAsync(change);
        await owner.ExecuteAsync("select pg_reload_conf()");
        await owner.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'");
    }

    private async Task RequirePasswordAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_server.DataDirectory, "pg_hba.conf"), "host all app 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n");
        await using var owner = NpgsqlDataSource.Create(_connectionString);
        await owner.ExecuteAsync("select pg_reload_conf()");
    }
}
