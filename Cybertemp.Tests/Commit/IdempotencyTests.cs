using Cybertemp.Mail.Inboxes;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Commit.Crashes;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Commit;

public sealed class IdempotencyTests(Servers servers)
{
    private const string WaitForAdvisoryLock =
        "select count(*) from pg_locks where not granted and locktype = 'advisory' "
        + "and database = (select oid from pg_database where datname = current_database())";

    [Theory]
    [InlineData(CommitCut.Before)]
    [InlineData(CommitCut.During)]
    [InlineData(CommitCut.After)]
    public async Task A_connection_cut_around_the_commit_costs_and_duplicates_nothing(CommitCut kind)
    {
        await using var storage = await ProxiedStorage.StartAsync(servers.Postgres);
        await storage.WriteAsync("before@t");

        var (write, cut) = await storage.WriteAndCutAsync(kind, "marked@t", "second@t");
        cut.Release();

        Assert.Equal(WriteOutcome.Committed, await write);
        Assert.Equal(["before@t", "marked@t", "second@t"], await storage.Direct.ColumnAsync(
            "select inbox from emails order by inbox"));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_stays_one_when_the_recipient_becomes_private_meanwhile()
    {
        await using var storage = await ProxiedStorage.StartAsync(servers.Postgres);
        var (write, cut) = await storage.WriteAndCutAsync(CommitCut.After, "marked@t");

        await new PrivateAddresses(storage.Direct).AddAsync("marked@t", passwordHash: null, CancellationToken.None);
        Assert.False(write.IsCompleted);
        cut.Release();

        Assert.Equal(WriteOutcome.Committed, await write);
        await AssertOnlyPrivateAsync(storage);
    }

    [Fact]
    public async Task A_retry_waits_for_the_server_process_that_still_holds_the_first_attempt()
    {
        await using var storage = await ProxiedStorage.StartAsync(servers.Postgres);
        var (write, cut) = await storage.WriteAndCutAsync(CommitCut.Held, "marked@t");

        await UntilAsync(storage.Direct, WaitForAdvisoryLock, 1);
        Assert.False(write.IsCompleted);
        cut.Release();

        Assert.Equal(WriteOutcome.Committed, await write);
        Assert.Equal(["marked@t"], await storage.Direct.ColumnAsync(
            "select inbox from emails union all select inbox from private_emails"));
    }

    [Fact]
    public async Task An_address_becomes_private_only_after_the_batches_that_took_it_for_temporary()
    {
        await using var storage = await ProxiedStorage.StartAsync(servers.Postgres);
        var (write, cut) = await storage.WriteAndCutAsync(CommitCut.Held, "marked@t");

        var add = new PrivateAddresses(storage.Direct).AddAsync("marked@t", passwordHash: null, CancellationToken.None);
        await UntilAsync(storage.Direct, WaitForAdvisoryLock, 2);
        cut.Release();

        Assert.Equal(WriteOutcome.Committed, await write);
        await add;
        await AssertOnlyPrivateAsync(storage);
    }

    [Fact]
    public async Task Commits_synchronously_whatever_the_database_inherited()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        await using var direct = NpgsqlDataSource.Create(connectionString);
        await direct.ExecuteAsync(
            "do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$");
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

    private static async Task AssertOnlyPrivateAsync(ProxiedStorage storage)
    {
        Assert.Equal(0L, await storage.Direct.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(["marked@t"], await storage.Direct.ColumnAsync("select inbox from private_emails"));
    }

    private static Task UntilAsync(NpgsqlDataSource dataSource, string count, long expected) =>
        Eventually.TrueAsync(async () => await dataSource.ScalarAsync<long>(count) >= expected);
}
