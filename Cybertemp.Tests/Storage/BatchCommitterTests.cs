using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Storage;

[Collection(Servers.Name)]
public sealed class BatchCommitterTests(Servers servers)
{
    [Fact]
    public async Task An_error_of_one_message_that_is_no_poison_does_not_keep_its_neighbours_waiting()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        await storage.DataSource.ExecuteAsync(
            """
            create function fail() returns trigger language plpgsql as
                $$ begin raise exception 'internal' using errcode = 'XX000'; end $$;
            create trigger fail before insert on inbox for each row when (new.address = 'broken@t') execute function fail();
            """);
        var hold = await TableLock.HoldAsync(storage.DataSource);
        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();
        var broken = storage.WriteAsync(Messages.To("broken@t"));
        var neighbours = Enumerable.Range(0, 7).Select(i => storage.WriteAsync(Messages.To($"{i}@t"))).Append(first).ToArray();
        await hold.DisposeAsync();

        Assert.All(await Task.WhenAll(neighbours), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(WriteOutcome.Unavailable, await broken);
        Assert.Equal(8L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(0L, await storage.DataSource.ScalarAsync<long>("select count(*) from quarantine"));
    }

    [Fact]
    public async Task A_message_is_given_up_when_its_sender_is_gone()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var hold = await TableLock.HoldAsync(storage.DataSource);
        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();
        using var gone = new CancellationTokenSource();
        var write = storage.Writer.WriteAsync(Messages.To("gone@t"), gone.Token);

        await gone.CancelAsync();
        Assert.Equal(WriteOutcome.Unavailable, await write);
        await hold.DisposeAsync();

        Assert.Equal(WriteOutcome.Committed, await first);
        Assert.Equal(["first@t"], await storage.DataSource.ColumnAsync("select inbox from emails"));
    }
}
