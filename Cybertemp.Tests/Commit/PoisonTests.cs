using System.Net;
using System.Text;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Commit;

public sealed class PoisonTests(Servers servers)
{
    public static TheoryData<string, string> Classes => new()
    {
        { "NUL in text", "22021" },
        { "NUL in jsonb", "22P05" },
        { "lone surrogate in jsonb", "22P02" },
        { "lone surrogate in text", "client" },
        { "null where there is none", "23502" },
        { "too large for the index", "54000" },
    };

    [Theory]
    [MemberData(nameof(Classes))]
    public async Task Keeps_the_bytes_of_what_cannot_be_a_row_and_stores_its_neighbours(string poison, string sqlState)
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var raw = Encoding.ASCII.GetBytes("poison\r\n");
        var hold = await TableLock.HoldAsync(storage.DataSource);
        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();

        var writes = Enumerable.Range(0, 21)
            .Select(i => storage.WriteAsync(i == 7 ? Poison(poison, raw) : Messages.To($"{i}@t")))
            .Append(first).ToArray();
        await hold.DisposeAsync();

        Assert.All(await Task.WhenAll(writes), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(21L, await storage.DataSource.ScalarAsync<long>("select count(*) from emails"));
        Assert.Equal(21L, await storage.DataSource.ScalarAsync<long>("select count(distinct inbox) from emails"));
        Assert.Equal(1L, await storage.DataSource.ScalarAsync<long>(
            "select count(*) from quarantine where raw = $1 and error_code = $2 and client_ip = '127.0.0.1'", raw,
            sqlState));
    }

    [Fact]
    public async Task A_batch_from_hell_costs_its_neighbours_nothing()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var hold = await TableLock.HoldAsync(storage.DataSource);
        var first = storage.WriteAsync(Messages.To("first@t"));
        await hold.UntilSomebodyWaitsAsync();
        StoredMessage[] batch =
        [
            Messages.To("same@t", "same@t", "same@t"),
            Messages.To("same@t"),
            Messages.Of([new("zone@t", false)], client: IPAddress.Parse("fe80::1%2")),
            Messages.Of([new("file@t", false)], attachments: """[{"name":"a\u0000\ud800.txt"}]"""),
            Messages.Of([new("large@t", false)], raw: new byte[25 * 1024 * 1024]),
            Messages.To("plain@t"),
        ];

        var writes = batch.Select(storage.WriteAsync).Append(first).ToArray();
        await storage.DataSource.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_locks where not granted and relation = 'emails'::regclass");
        await hold.DisposeAsync();

        Assert.All(await Task.WhenAll(writes), o => Assert.Equal(WriteOutcome.Committed, o));
        Assert.Equal(
            ["first@t", "large@t", "plain@t", "same@t", "same@t", "zone@t"],
            await storage.DataSource.ColumnAsync("select inbox from emails order by inbox"));
        Assert.Equal(["{file@t}"], await storage.DataSource.ColumnAsync("select inboxes::text from quarantine"));
    }

    private static StoredMessage Poison(string poison, byte[] raw) => poison switch
    {
        "NUL in text" => Messages.Of([new("x@t", false)], text: "a\0b", raw: raw),
        "NUL in jsonb" => Messages.Of([new("x@t", false)], attachments: """["\u0000"]""", raw: raw),
        "lone surrogate in jsonb" => Messages.Of([new("x@t", false)], attachments: """["\ud800"]""", raw: raw),
        "lone surrogate in text" => Messages.Of([new("x@t", false)], text: "a\ud800b", raw: raw),
        "null where there is none" => Messages.Of([new("x@t", false)], subject: null!, raw: raw),
        _ => Messages.Of([new(Random(8000) + "@t", false)], raw: raw),
    };

    private static string Random(int length)
    {
        var random = new Random(1);
        return string.Create(
            length, random, static (span, r) => r.GetItems("abcdefghijklmnopqrstuvwxyz0123456789", span));
    }
}
