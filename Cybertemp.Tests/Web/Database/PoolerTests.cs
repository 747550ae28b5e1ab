using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Database;

public sealed class PoolerTests(Servers servers)
{
    [Fact]
    public async Task Nothing_is_prepared_behind_a_transaction_pooler()
    {
        await using var mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        await using var bouncer = await PgBouncer.StartAsync(servers.Postgres.Port);
        await bouncer.WaitUntilReadyAsync(mail.ConnectionString);
        await using var one = await WebHost.StartAsync(bouncer.Through(mail.ConnectionString));
        await using var two = await WebHost.StartAsync(bouncer.Through(mail.ConnectionString));
        await mail.DeliverAsync("box@temp.example", "hello");

        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(
                LooksAsync(one.Client, "box", "hello"), LooksAsync(two.Client, "box", "hello"),
                LooksAsync(one.Client, "other"), LooksAsync(two.Client, "other"));
        }

        Assert.Single(one.Log.Lines, IsNotPrepared);
        Assert.Single(two.Log.Lines, IsNotPrepared);
    }

    [Fact]
    public async Task Statements_are_prepared_where_there_is_none()
    {
        await using var mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        await using var web = await WebHost.StartAsync(mail.ConnectionString);
        await LooksAsync(web.Client, "box");
        Assert.DoesNotContain(web.Log.Lines, IsNotPrepared);
    }

    private static bool IsNotPrepared(string line) => line.StartsWith(
        "Information Statements are planned each time they run: a connection has no server process of its own",
        StringComparison.Ordinal);

    private static async Task LooksAsync(HttpClient http, string box, params string[] subjects)
    {
        var list = await http.GetJsonAsync($"/v1/inboxes/{box}@temp.example/messages");
        Assert.Equal(subjects, list.Subjects());
    }
}
