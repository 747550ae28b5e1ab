using System.Diagnostics.Metrics;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Commit;

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
            create trigger fail before insert on inbox for each row
                when (new.address = 'broken@t') execute function fail();
            """);
        var hold = await TableLock.HoldAsync(storage.DataSource);
        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();
        var broken = storage.WriteAsync(Messages.To("broken@t"));
        var neighbours = Enumerable.Range(0, 7)
            .Select(i => storage.WriteAsync(Messages.To($"{i}@t"))).Append(first).ToArray();
        await hold.DisposeAsync();

        Assert.All(await Task.WhenAll(neighbours), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(WriteOutcome.Unavailable, await broken);
        Assert.Equal(8L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(0L, await storage.DataSource.ScalarAsync<long>("select count(*) from quarantine"));
    }

    [Fact]
    public async Task What_was_acknowledged_and_cannot_be_stored_is_in_quarantine()
    {
        await using var storage = await StorageHost.StartAsync(
            await servers.Postgres.CreateDatabaseAsync(), o => o.Acknowledge = AcknowledgeMode.Received);
        await storage.DataSource.ExecuteAsync(
            """
            create function fail() returns trigger language plpgsql as
                $$ begin raise exception 'could not write block' using errcode = '58030'; end $$;
            create trigger fail before insert on inbox for each row
                when (new.address = 'broken@t') execute function fail();
            """);

        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("broken@t")));
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t")));

        await Eventually.TrueAsync(
            async () => await storage.DataSource.ScalarAsync<long>("select count(*) from emails") == 1);
        await Eventually.TrueAsync(
            async () => await storage.DataSource.ScalarAsync<long>("select count(*) from quarantine") == 1);
        Assert.Equal(["58030 {broken@t}"], await storage.DataSource.ColumnAsync(
            "select error_code || ' ' || inboxes::text from quarantine"));
    }

    [Fact]
    public async Task A_commit_that_comes_after_its_own_451_is_counted_as_in_doubt()
    {
        await using var storage = await StorageHost.StartAsync(
            await servers.Postgres.CreateDatabaseAsync(), o => o.MaxCommitWait = TimeSpan.FromSeconds(2));
        var inDoubt = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "cybertemp.storage.in_doubt"
                && ReferenceEquals(instrument.Meter.Scope, storage.Get<IMeterFactory>()))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref inDoubt, count));
        listener.Start();
        var hold = await TableLock.HoldAsync(storage.DataSource);

        var late = storage.WriteAsync(Messages.To("late@t"));
        await hold.UntilSomebodyWaitsAsync();
        Assert.Equal(WriteOutcome.Unavailable, await late);
        Assert.Equal(0, Interlocked.Read(ref inDoubt));
        await hold.DisposeAsync();

        await Eventually.TrueAsync(
            async () => await storage.DataSource.ScalarAsync<long>("select count(*) from emails") == 1);
        await Eventually.TrueAsync(() => Interlocked.Read(ref inDoubt) == 1);
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
