using System.Net;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Refusals;

/// <summary>From a receiver's negative reply through Redis to the operator who asks why mail did not come.</summary>
public sealed class RefusalChainTests(Servers servers)
{
    private const string Key = "an operator's key";

    [Fact]
    public async Task A_refused_recipient_is_found_by_its_reference_and_by_its_parties()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        await using var receiver = await ServiceProcess.StartAsync(
            "Cybertemp.SmtpReceiver", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = mail.ConnectionString,
                ["ConnectionStrings__redis"] = redis.ConnectionString,
                ["Filters__Domains__Source"] = "Open",
                ["Filters__Bans__Source"] = "Open",
                ["Smtp__Port"] = "0",
                ["Smtp__HostName"] = "mx.temp.example",
            });
        await using var web = await WebHost.StartAsync(
            mail.ConnectionString, $"Web:OperatorKey={Key}", $"ConnectionStrings:redis={redis.ConnectionString}");

        await using var client = await RawSmtpClient.ConnectAsync(await receiver.WaitForPortAsync("SMTP listens on"));
        await client.ReplyAsync();
        await client.CommandAsync("EHLO mail.shop.example");
        await client.CommandAsync("MAIL FROM:<news@shop.example>");
        var reply = await client.CommandAsync("RCPT TO:<box@[192.0.2.7]>");
        var reference = reply[(reply.LastIndexOf('(') + 1)..reply.LastIndexOf(')')];

        JsonNode[] found = [];
        await Eventually.TrueAsync(async () => (found = await FindAsync(web, reference)).Length > 0);
        var refusal = Assert.Single(found);
        Assert.Equal(
            ("news@shop.example", "box@[192.0.2.7]", "mail.shop.example", "127.0.0.1", "RCPT", "mx.temp.example"),
            (Text("from"), Text("to"), Text("helo"), Text("client"), Text("command"), Text("receiver")));
        Assert.Equal(reference, Text("reference"));
        Assert.Equal(reply[..3], $"{refusal["code"]}");
        Assert.Single(await FindAsync(web, $"({reference})"));
        Assert.Single(await FindAsync(web, "news@shop.example"));
        Assert.Single(await FindAsync(web, ""));
        Assert.Empty(await FindAsync(web, "somebody-else"));

        await redis.StopAsync("KILL");
        using var response = await web.Client.SendAsync(HttpMethod.Get, "/v1/refusals", bearer: Key);
        Assert.Equal("no-refusals", await response.ProblemAsync(HttpStatusCode.ServiceUnavailable));

        string Text(string name) => refusal[name]!.GetValue<string>();
    }

    private static async Task<JsonNode[]> FindAsync(WebHost web, string query)
    {
        var parameter = query.Length == 0 ? "" : $"?q={Uri.EscapeDataString(query)}";
        using var response = await web.Client.SendAsync(HttpMethod.Get, $"/v1/refusals{parameter}", bearer: Key);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var refusals = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["refusals"]!.AsArray();
        return [.. refusals.Select(static r => r!)];
    }
}
