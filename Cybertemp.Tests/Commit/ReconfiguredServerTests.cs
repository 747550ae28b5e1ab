using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cybertemp.Tests.Commit;

/// <summary>What an operator changes at a running server; each on one of its own, since each changes it.</summary>
public sealed class ReconfiguredServerTests : IAsyncLifetime
{
    private const string Writable = ";Pooling=false;Options=-c default_transaction_read_only=off";
    private PostgresServer _server = null!;
    private string _connectionString = "";

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _connectionString = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(
        "alter system set default_transaction_read_only = on", "alter system reset default_transaction_read_only")]
    [InlineData("alter table emails rename to hidden", "alter table hidden rename to emails")]
    [InlineData("alter role app nologin", "alter role app login")]
    [InlineData("alter role app password 'other'", "alter role app password 'secret'")]
    [InlineData("revoke insert on emails from app", "grant insert on emails to app")]
    public async Task What_only_looks_permanent_is_an_outage(string breaks, string heals)
    {
        await using var owner = NpgsqlDataSource.Create(_connectionString + Writable);
        await new SchemaMigrator(owner, NullLogger<SchemaMigrator>.Instance)
            .MigrateAsync(default);
        await owner.ExecuteAsync("create role app login password 'secret'");
        await owner.ExecuteAsync("grant select, insert, update, delete on all tables in schema public to app");
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
    public async Task A_standby_that_does_not_answer_holds_the_outcome_back_and_nothing_else()
    {
        await using var owner = NpgsqlDataSource.Create(_connectionString + Writable);
        await using var storage = await StorageHost.StartAsync(
            _connectionString,
            o => (o.CommandTimeout, o.LastReceivedInterval) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)));
        await storage.WriteAsync(Messages.To("noted@t"));
        await storage.WriteAsync(Messages.To("noted@t"));
        await ChangeAsync(owner, "alter system set synchronous_standby_names = 'nobody'");

        // A commit waits only after the checkpointer has taken the setting over, some time after the reload.
        var written = 2L;
        Task<WriteOutcome> write;
        do
        {
            var next = write = storage.WriteAsync(Messages.To("a@t"));
            written++;
            await Eventually.TrueAsync(() => next.IsCompleted || storage.Get<StorageAvailability>().IsAway);
        }
        while (write.IsCompleted);

        Assert.False(write.IsCompleted);
        var flush = storage.Get<LastReceivedFlusher>().FlushAsync(CancellationToken.None);
        while (!flush.IsCompleted)
        {
            Assert.Equal(0L, await owner.ScalarAsync<long>(
                "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query like '%update inbox%'"));
        }

        await flush;
        Assert.True(await owner.ScalarAsync<bool>(
            "select last_received_at > created_at from inbox where address = 'noted@t'"));
        await ChangeAsync(owner, "alter system reset synchronous_standby_names");
        Assert.Equal(WriteOutcome.Committed, await write);
        Assert.Equal(written, await owner.ScalarAsync<long>("select count(*) from emails"));
    }

    private static async Task ChangeAsync(NpgsqlDataSource owner, string change)
    {
        await owner.ExecuteAsync(change);
        await owner.ExecuteAsync("select pg_reload_conf()");
        await owner.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'");
    }

    private async Task RequirePasswordAsync()
    {
        var hba = Path.Combine(_server.DataDirectory, "pg_hba.conf");
        await File.WriteAllTextAsync(hba, "host all app 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n");
        await using var owner = NpgsqlDataSource.Create(_connectionString);
        await owner.ExecuteAsync("select pg_reload_conf()");
    }
}
