using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Commit;

/// <summary>What waits for a writer, and what one transaction takes of it.</summary>
public sealed class QueueBoundsTests(Servers servers)
{
    [Fact]
    public async Task Writes_a_second_transaction_when_more_waits_than_one_can_hold()
    {
        await using var storage = await StartAsync(
            o => (o.MaxBatchBytes, o.LockTimeout) = (64 * 1024, TimeSpan.FromSeconds(8)));
        var hold = await TableLock.HoldAsync(storage.DataSource);

        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();
        var others = Enumerable.Range(0, 3).Select(_ => storage.WriteAsync(Sized(40 * 1024))).ToArray();
        await hold.UntilSomebodyWaitsAsync(transactions: 2);
        await hold.DisposeAsync();

        Assert.All(await Task.WhenAll([first, .. others]), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(4L, await storage.DataSource.ScalarAsync<long>("select count(distinct xmin::text) from emails"));
    }

    [Fact]
    public async Task Writes_no_second_transaction_without_a_connection_for_it()
    {
        await using var storage = await StartAsync(o =>
            (o.MaxPoolSize, o.MaxBatchBytes, o.LockTimeout) = (6, 64 * 1024, TimeSpan.FromSeconds(8)));
        var hold = await TableLock.HoldAsync(storage.DataSource);

        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();
        var others = Enumerable.Range(0, 3).Select(_ => storage.WriteAsync(Sized(40 * 1024))).ToArray();
        var large = storage.WriteAsync(Sized(300 * 1024));
        await hold.UntilSomebodyWaitsAsync(transactions: 2);

        Assert.Equal(2L, await storage.DataSource.ScalarAsync<long>(
            "select count(distinct pid) from pg_locks where not granted and relation = 'emails'::regclass"));
        await hold.DisposeAsync();
        Assert.All(await Task.WhenAll([first, large, .. others]), o => Assert.Equal(WriteOutcome.Committed, o));
    }

    [Fact]
    public async Task Refuses_what_exceeds_the_bound_in_messages()
    {
        await using var storage = await StartAsync(
            o => (o.MaxQueuedMessages, o.LockTimeout) = (2, TimeSpan.FromSeconds(8)));
        var hold = await TableLock.HoldAsync(storage.DataSource);

        Task<WriteOutcome>[] admitted =
            [storage.WriteAsync(Messages.To("a@t")), storage.WriteAsync(Messages.To("b@t"))];

        Assert.Equal(WriteOutcome.QueueFull, await storage.WriteAsync(Messages.To("c@t")));
        await hold.DisposeAsync();
        Assert.All(await Task.WhenAll(admitted), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("c@t")));
    }

    [Fact]
    public async Task Refuses_what_exceeds_the_bound_in_bytes()
    {
        await using var storage = await StartAsync(
            o => (o.MaxQueuedBytes, o.LockTimeout) = (1024 * 1024, TimeSpan.FromSeconds(8)));
        var hold = await TableLock.HoldAsync(storage.DataSource);

        var admitted = Enumerable.Range(0, 5).Select(i => storage.WriteAsync(Sized(200 * 1024))).ToArray();

        Assert.Equal(WriteOutcome.QueueFull, await storage.WriteAsync(Sized(200 * 1024)));
        await hold.DisposeAsync();
        Assert.All(await Task.WhenAll(admitted), o => Assert.Equal(WriteOutcome.Committed, o));
    }

    [Fact]
    public async Task Stores_small_messages_while_a_large_one_takes_its_time()
    {
        await using var storage = await StartAsync(o => o.LockTimeout = TimeSpan.FromSeconds(8));
        var hold = await LargeMailLock.HoldAsync(storage.DataSource);

        var large = storage.WriteAsync(Sized(1024 * 1024));
        await hold.UntilSomebodyWaitsAsync();
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("small@t")));

        Assert.False(large.IsCompleted);
        await hold.DisposeAsync();
        Assert.Equal(WriteOutcome.Committed, await large);
    }

    [Fact]
    public async Task Keeps_room_for_small_messages_while_large_ones_wait()
    {
        await using var storage = await StartAsync(
            o => (o.MaxQueuedBytes, o.LockTimeout) = (8 * 1024 * 1024, TimeSpan.FromSeconds(8)));
        var hold = await TableLock.HoldAsync(storage.DataSource);

        var large = Enumerable.Range(0, 6).Select(i => storage.WriteAsync(Sized(1024 * 1024))).ToArray();
        Assert.Equal(WriteOutcome.QueueFull, await storage.WriteAsync(Sized(1024 * 1024)));
        var small = Enumerable.Range(0, 5).Select(i => storage.WriteAsync(Sized(200 * 1024))).ToArray();

        await hold.DisposeAsync();
        Assert.All(
            await Task.WhenAll([.. large, .. small]), o => Assert.Equal(WriteOutcome.Committed, o));
    }

    [Fact]
    public async Task Takes_a_message_that_is_larger_than_the_bound()
    {
        await using var storage = await StartAsync(o => o.MaxQueuedBytes = 1024 * 1024);
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Sized(2 * 1024 * 1024)));
    }

    [Fact]
    public async Task Writes_no_temporary_file_for_a_large_message()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (var dataSource = NpgsqlDataSource.Create(database))
        {
            await dataSource.ExecuteAsync(
                "do $$ begin execute format('alter database %I set temp_file_limit = 0', current_database()); end $$");
        }

        await using var storage = await StorageHost.StartAsync(database);
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Sized(20 * 1024 * 1024)));
    }

    private static StoredMessage Sized(int bytes) => Messages.Of([new("sized@t", false)], raw: new byte[bytes]);

    private async Task<StorageHost> StartAsync(Action<StorageOptions>? configure = null) =>
        await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync(), configure);
}
