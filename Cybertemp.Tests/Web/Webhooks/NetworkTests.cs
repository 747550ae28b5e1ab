using System.Net;
using Cybertemp.Mail.Webhooks;
using Cybertemp.Tests.Support;
using Cybertemp.Web.Webhooks;
using Microsoft.Extensions.Options;

namespace Cybertemp.Tests.Web.Webhooks;

/// <summary>Where webhooks may be.</summary>
public sealed class NetworkTests(Servers servers)
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:0a00:0001::1")]
    [InlineData("2001:0:1::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Special_networks_are_not_of_the_internet(string address) =>
        Assert.False(PublicNetwork.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    [InlineData("2002:0101:0101::1")]
    [InlineData("2606:4700::1111")]
    public void Others_are(string address) => Assert.True(PublicNetwork.Contains(IPAddress.Parse(address)));

    [Fact]
    public void Those_that_the_operator_allows_are_allowed()
    {
        var connector = new WebhookConnector(Options.Create(new WebhookOptions { AllowedNetworks = "10.0.0.0/8" }));
        Assert.True(connector.Allows(IPAddress.Parse("::ffff:10.0.0.1")));
        Assert.False(connector.Allows(IPAddress.Loopback));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_target_in_a_private_network_is_not_connected_to(string host)
    {
        await using var hooks = await HookServer.StartAsync();
        await using var mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        await using var web = await WebHost.StartAsync(mail.ConnectionString);
        var url = new UriBuilder(hooks.Url("/hook")) { Host = host }.Uri;
        var id = await AddAsync(mail, url);
        await mail.DeliverAsync("box@t.example", "inside");
        await Eventually.TrueAsync(
            async () => await LastAsync(mail, id) is { Outcome: "failed", Error: "private_network" });
        Assert.Empty(hooks.Requests);
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_leads_nowhere()
    {
        await using var hooks = await HookServer.StartAsync();
        await using var mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        await using var web = await WebHost.StartAsync(mail.ConnectionString, HookFixture.Settings);
        hooks.Answer("/hook", context =>
        {
            context.Response.Redirect(hooks.Url("/elsewhere").ToString());
            return Task.CompletedTask;
        });
        var id = await AddAsync(mail, hooks.Url("/hook"));
        await mail.DeliverAsync("box@t.example", "inside");
        await Eventually.TrueAsync(async () => await LastAsync(mail, id) is { Outcome: "failed", Status: 302 });
        Assert.DoesNotContain(hooks.Requests, static r => r.Path == "/elsewhere");
    }

    private static async Task<Guid> AddAsync(Mailroom mail, Uri url) =>
        (await new WebhookTables(mail.DataSource).AddAsync(
            url, WebhookSecret.Create(), new WebhookScope("*"), ("", ""), CancellationToken.None))!.Value;

    private static async Task<WebhookAttempt?> LastAsync(Mailroom mail, Guid id) =>
        (await new WebhookTables(mail.DataSource).ReadLogAsync(id, 1, CancellationToken.None)).FirstOrDefault();
}
