using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Storage;

[Collection(Servers.Name)]
public sealed class IdempotencyTests(Servers servers)
{
    [Theory]
    [InlineData(CommitCut.Before)]
    [InlineData(CommitCut.During)]
    [InlineData(CommitCut.After)]
    public async Task A_connection_cut_around_the_commit_costs_and_duplicates_nothing(CommitCut kind)
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await using var proxy = new PostgresProxy(servers.Postgres.Port);
        await using var storage = await StorageHost.StartAsync(proxy.Through(connectionString));
        await storage.WriteAsync(Messages.To("before@t"));
        var cut = proxy.Cut(kind, "marked@t");
        cut.Release();

        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("marked@t", "second@t")));

        Assert.True(cut.Reached.IsCompletedSuccessfully);
        Assert.Equal(["before@t", "marked@t", "second@t"], await storage.DataSource.ColumnAsync("select inbox from emails order by inbox"));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_stays_one_when_the_recipient_becomes_private_meanwhile()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await using var direct = NpgsqlDataSource.Create(connectionString);
        await using var proxy = new PostgresProxy(servers.Postgres.Port);
        await using var storage = await StorageHost.StartAsync(proxy.Through(connectionString));
        var cut = proxy.Cut(CommitCut.After, "marked@t");

        var write = storage.WriteAsync(Messages.To("marked@t"));
        await cut.Reached;
        await new PrivateAddresses(direct).AddAsync("marked@t", passwordHash: null, CancellationToken.None);
        Assert.False(write.IsCompleted);
        cut.Release();

        Assert.Equal(WriteOutcome.Committed, await write);
        Assert.Equal(0L, await direct.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(["marked@t"], await direct.ColumnAsync("select inbox from private_emails"));
    }

    [Fact]
    public async Task A_retry_waits_for_the_server_process_that_still_holds_the_first_attempt()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await using var direct = NpgsqlDataSource.Create(connectionString);
        await using var proxy = new PostgresProxy(servers.Postgres.Port);
        await using var storage = await StorageHost.StartAsync(proxy.Through(connectionString));
        var cut = proxy.Cut(CommitCut.Held, "marked@t");

        var write = storage.WriteAsync(Messages.To("marked@t"));
        await cut.Reached;
        await UntilAsync(direct, "select count(*) from pg_locks where not granted and locktype = 'advisory'", 1);
        Assert.False(write.IsCompleted);
        cut.Release();

        Assert.Equal(WriteOutcome.Committed, await write);
        Assert.Equal(["marked@t"], await direct.ColumnAsync("select inbox from emails union all select inbox from private_emails"));
    }

    [Fact]
    public async Task An_address_becomes_private_only_after_the_batches_that_took_it_for_temporary()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await using var direct = NpgsqlDataSource.Create(connectionString);
        await using var proxy = new PostgresProxy(servers.Postgres.Port);
        await using var storage = await StorageHost.StartAsync(proxy.Through(connectionString));
        var cut = proxy.Cut(CommitCut.Held, "marked@t");

        var write = storage.WriteAsync(Messages.To("marked@t"));
        await cut.Reached;
        var add = new PrivateAddresses(direct).AddAsync("marked@t", passwordHash: null, CancellationToken.None);
        await UntilAsync(direct, "select count(*) from pg_locks where not granted and locktype = 'advisory'", 2);
        cut.Release();

        Assert.Equal(WriteOutcome.Committed, await write);
        await add;
        Assert.Equal(0L, await direct.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(["marked@t"], await direct.ColumnAsync("select inbox from private_emails"));
    }

    [Fact]
    public async Task Commits_synchronously_whatever_the_database_inherited()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await using var direct = NpgsqlDataSource.Create(connectionString);
        await direct.ExecuteAsync("do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$");
        await using var storage = await StorageHost.StartAsync(connectionString);
        await storage.DataSource.ExecuteAsync(
            """
            create table seen (setting text);
            create function see() returns trigger language plpgsql as
                $$ begin insert into seen values (current_setting('synchronous_commit')); return new; end $$;
            create trigger see after insert on inbox for each row execute function see();
            """);

        await storage.WriteAsync(Messages.To("a@t"));

        Assert.Equal("off", await storage.DataSource.ScalarAsync<string>("show synchronous_commit"));
        Assert.Equal(["on"], await storage.DataSource.ColumnAsync("select setting from seen"));
    }

    private static async Task UntilAsync(NpgsqlDataSource dataSource, string count, long expected)
    {
        while (await dataSource.ScalarAsync<long>(count) < expected)
        {
            await Task.Delay(5);
        }
    }
}
