using System.Net;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Commit;

public sealed class BatchWriterTests(Servers servers)
{
    [Fact]
    public async Task Stores_one_row_per_inbox_with_every_column()
    {
        await using var storage = await StartAsync();
        var raw = new byte[] { 0, 13, 10, 46, 255, 13 };
        var message = Messages.Of(
            [new("a@t", false), new("b@t", false)], raw: raw, client: IPAddress.Parse("2001:db8::1"));

        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(message));

        Assert.Equal(["a@t", "b@t"], await storage.DataSource.ColumnAsync("select inbox from emails order by inbox"));
        Assert.Equal(
            ["a@t", "b@t"], await storage.DataSource.ColumnAsync("select address from inbox order by address"));
        Assert.Equal(2L, await storage.DataSource.ScalarAsync<long>(
            """
            select count(*) from emails where message_uid = $1 and raw = $2 and size_bytes = 6
                and client_ip = '2001:db8::1' and tls is null
                and mail_from = 'sender@example.com' and from_name = 'Sender' and from_address = 'sender@example.com'
                and subject = 'subject' and text = 'hello' and html = '<p>hello</p>' and message_id = 'id@example.com'
                and date = '2026-01-02 01:04:05+00' and attachments = '[]' and headers = '[["Subject", "subject"]]'
                and parse_note = '' and helo = 'client.example.com' and not read
                and received_at between now() - interval '1 minute' and now() + interval '1 minute'
            """,
            message.Uid, raw));
        Assert.Equal(2L, await storage.DataSource.ScalarAsync<long>("select count(distinct id) from emails"));
    }

    [Fact]
    public async Task Gives_no_outcome_while_the_table_is_locked()
    {
        await using var storage = await StartAsync(o => o.LockTimeout = TimeSpan.FromSeconds(8));
        var hold = await TableLock.HoldAsync(storage.DataSource);

        var write = storage.WriteAsync(Messages.To("a@t"));
        await hold.UntilSomebodyWaitsAsync();

        Assert.False(write.IsCompleted);
        await hold.DisposeAsync();
        Assert.Equal(WriteOutcome.Committed, await write);
    }

    [Fact]
    public async Task Takes_what_waits_into_the_next_transaction()
    {
        await using var storage = await StartAsync(o => o.LockTimeout = TimeSpan.FromSeconds(8));
        var hold = await TableLock.HoldAsync(storage.DataSource);

        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();
        var others = Enumerable.Range(0, 50).Select(i => storage.WriteAsync(Messages.To($"{i}@t"))).ToArray();
        await hold.DisposeAsync();

        await first;
        await Task.WhenAll(others);
        Assert.Equal(2L, await storage.DataSource.ScalarAsync<long>("select count(distinct xmin::text) from emails"));
    }

    [Fact]
    public async Task Stores_private_and_reserved_addresses_only_as_private_mail()
    {
        await using var storage = await StartAsync();
        await storage.DataSource.ExecuteAsync("insert into private_email (email) values ('secret@t')");

        await storage.WriteAsync(Messages.Of([new("secret@t", false), new("admin@t", true), new("public@t", false)]));

        Assert.Equal(["public@t"], await storage.DataSource.ColumnAsync("select inbox from emails"));
        Assert.Equal(["public@t"], await storage.DataSource.ColumnAsync("select address from inbox"));
        Assert.Equal(["admin@t", "secret@t"], await storage.DataSource.ColumnAsync(
            "select inbox from private_emails order by inbox"));
    }

    [Fact]
    public async Task Gives_each_row_of_a_batch_what_is_its_own()
    {
        await using var storage = await StartAsync();
        var hold = await TableLock.HoldAsync(storage.DataSource);
        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();
        var others = Enumerable.Range(0, 20).Select(i => storage.WriteAsync(Messages.Of(
            [new($"a{i}@t", false), new($"b{i}@t", IsReserved: true)],
            text: $"text {i}",
            attachments: $$"""[{"name": "{{i}}"}]""",
            raw: new byte[i]))).ToArray();
        await hold.DisposeAsync();

        Assert.All(await Task.WhenAll([first, .. others]), o => Assert.Equal(WriteOutcome.Committed, o));
        foreach (var (table, name) in ((string, string)[])[("emails", "a"), ("private_emails", "b")])
        {
            Assert.Equal(20L, await storage.DataSource.ScalarAsync<long>(
                $"""
                select count(*) from {table}, generate_series(0, 19) i where inbox = '{name}' || i || '@t'
                    and text = 'text ' || i and length(raw) = i and size_bytes = i and attachments->0->>'name' = i::text
                """));
        }
    }

    [Fact]
    public async Task Makes_the_partition_that_is_missing_whoever_reads_the_table()
    {
        await using var storage = await StartAsync();
        foreach (var partition in await storage.DataSource.ColumnAsync(
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'emails'::regclass"))
        {
            await storage.DataSource.ExecuteAsync($"drop table {partition}");
        }

        await using var reader = await storage.DataSource.OpenConnectionAsync();
        await using var read = new NpgsqlCommand("begin; select count(*) from emails", reader);
        await read.ExecuteNonQueryAsync();
        var writes = Enumerable.Range(0, 100).Select(i => storage.WriteAsync(Messages.To($"{i}@t")));

        Assert.All(await Task.WhenAll(writes), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(100L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
    }

    [Fact]
    public async Task Stores_what_waits_before_it_stops()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        var storage = await StorageHost.StartAsync(connectionString);
        var writes = Enumerable.Range(0, 500).Select(i => storage.WriteAsync(Messages.To($"{i}@t"))).ToArray();

        await storage.StopAsync();

        Assert.All(await Task.WhenAll(writes), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(WriteOutcome.Unavailable, await storage.WriteAsync(Messages.To("late@t")));
        Assert.Equal(500L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task Acknowledges_at_once_when_asked_to()
    {
        await using var storage = await StartAsync(
            o => (o.Acknowledge, o.LockTimeout) = (AcknowledgeMode.Received, TimeSpan.FromSeconds(8)));
        var hold = await TableLock.HoldAsync(storage.DataSource);

        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t")));

        await hold.DisposeAsync();
        await storage.StopAsync();
        Assert.Equal(1L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
    }

    private async Task<StorageHost> StartAsync(Action<StorageOptions>? configure = null) =>
        await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync(), configure);
}
