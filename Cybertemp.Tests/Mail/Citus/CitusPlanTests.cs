using System.Text.Json;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Mail.Citus;

public sealed class CitusPlanTests(Servers servers) : IClassFixture<Servers>
{
    [Theory]
    [InlineData("select text from emails where inbox = 'a@t' order by received_at desc", nameof(CitusReach.OneShard))]
    [InlineData(
        "delete from held_emails where inbox = 'a@t' and id in (select id from held_emails where inbox = 'a@t')",
        nameof(CitusReach.OneShard))]
    [InlineData(
        "select from emails m where m.inbox = 'a@t' and not exists (select from inbox_lease l where l.address = inbox)",
        nameof(CitusReach.OneShard))]
    [InlineData("insert into inbox_lease (address) select 'a@t'", nameof(CitusReach.OneShard))]
    [InlineData("select domain from domains", nameof(CitusReach.OneShard))]
    [InlineData("select subject from emails where subject = 'a@t'", nameof(CitusReach.ManyShards))]
    [InlineData("select from emails where inbox like 'a%'", nameof(CitusReach.ManyShards))]
    [InlineData(
        "select from emails m join private_emails p on p.id = m.id where m.inbox = 'a@t'",
        nameof(CitusReach.ManyShards))]
    [InlineData("insert into inbox (address) select a from unnest(array['a@t']) a", nameof(CitusReach.ManyShards))]
    [InlineData("select from emails limit 1 for update", nameof(CitusReach.Refused))]
    [InlineData(
        "select a from unnest(array['a@t', 'b@t']) a where (select 1 from inbox i where i.address = a) is null",
        nameof(CitusReach.Refused))]
    [InlineData(
        "select from unnest(array['a@t']) a cross join lateral (select id from emails where inbox = a limit 1) e",
        nameof(CitusReach.Refused))]
    public async Task Says_how_far_a_statement_reaches(string statement, string reach)
    {
        await using var database = NpgsqlDataSource.Create(await CitusDatabase.CreateAsync(servers.Postgres));

        var plan = await database.ScalarAsync<string>($"explain (format json, verbose) {statement}");

        var root = JsonSerializer.Deserialize<JsonElement>(plan)[0].GetProperty("Plan");
        Assert.Equal(Enum.Parse<CitusReach>(reach), CitusPlan.ReachOf(root));
    }
}
