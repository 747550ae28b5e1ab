using System.Net;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web.Live;

namespace Cybertemp.Tests.Web.Access;

public sealed class LimitTests(Servers servers) : IAsyncLifetime
{
    private const string CountsAll = "Web:UnlimitedNetworks=192.0.2.0/24";

    private Mailroom _mail = null!;

    public async ValueTask InitializeAsync() =>
        _mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => _mail.DisposeAsync();

    [Fact]
    public async Task A_client_asks_so_often_a_minute()
    {
        await using var web = await StartAsync(CountsAll, "Web:MaxRequestsPerMinute=30");
        for (var i = 0; i < 30; i++)
        {
            await web.Client.GetJsonAsync(i % 2 == 0 ? "/v1/domains" : "/V1/domains");
        }

        using var refused = await RefusedAsync(web);
        Assert.Equal("too-many-requests", await refused.ProblemAsync(HttpStatusCode.TooManyRequests));
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
        using var health = await web.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_client_holds_so_many_requests_open()
    {
        await using var web = await StartAsync(CountsAll, "Web:MaxWaitsPerClient=2");
        await using (await EventReader.OpenAsync(web.Client, "/v1/inboxes/a@temp.example/events"))
        await using (await EventReader.OpenAsync(web.Client, "/v1/inboxes/b@temp.example/events"))
        {
            using var third = await web.Client.GetAsync("/v1/inboxes/c@temp.example/messages?wait=5");
            Assert.Equal("too-many-waits", await third.ProblemAsync(HttpStatusCode.TooManyRequests));
            Assert.NotNull(third.Headers.RetryAfter);
            Assert.Empty((await web.Client.GetJsonAsync("/v1/inboxes/c@temp.example/messages")).Ids());
        }

        await Eventually.TrueAsync(async () =>
        {
            using var free = await web.Client.GetAsync("/v1/inboxes/c@temp.example/code?wait=1");
            return free.StatusCode is HttpStatusCode.NoContent;
        });
    }

    [Fact]
    public async Task A_client_takes_so_many_octets_of_attachments_at_a_time()
    {
        await using var web = await StartAsync(CountsAll);
        var path = await DeliverAttachmentAsync(12 * 1024 * 1024);
        using (await BeginAsync(web, path))
        using (await BeginAsync(web, path))
        {
            using var third = await BeginAsync(web, path);
            Assert.Equal("too-many-downloads", await third.ProblemAsync(HttpStatusCode.TooManyRequests));
        }

        await Eventually.TrueAsync(async () =>
        {
            using var free = await BeginAsync(web, path);
            return free.StatusCode is HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task What_all_clients_take_is_bounded_and_a_place_is_kept_for_those_who_take_nothing_else()
    {
        await using var web = await StartAsync("Web:UnlimitedNetworks=", "Web:ProxyNetworks=127.0.0.0/8");
        var path = await DeliverAttachmentAsync(12 * 1024 * 1024);
        var taken = new List<HttpResponseMessage>();
        for (var client = 1; client <= 4; client++)
        {
            taken.Add(await BeginAsync(web, path, $"198.51.100.{client}"));
            taken.Add(await BeginAsync(web, path, $"198.51.100.{client}"));
        }

        Assert.All(taken, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        taken.Add(await BeginAsync(web, path, "198.51.100.5"));
        using (var second = await BeginAsync(web, path, "198.51.100.5"))
        {
            Assert.Equal("downloads-busy", await second.ProblemAsync(HttpStatusCode.ServiceUnavailable));
        }

        taken.Add(await BeginAsync(web, path, "198.51.100.6"));
        Assert.All(taken, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        using var beyond = await BeginAsync(web, path, "198.51.100.7");
        Assert.Equal("downloads-busy", await beyond.ProblemAsync(HttpStatusCode.ServiceUnavailable));
        taken.ForEach(static answer => answer.Dispose());
    }

    [Fact]
    public async Task Clients_of_unlimited_networks_share_the_total_only()
    {
        await using var web = await StartAsync(
            "Web:MaxRequestsPerMinute=1", "Web:MaxWaitsPerClient=1", "Web:MaxWaits=2");
        await using var one = await EventReader.OpenAsync(web.Client, "/v1/inboxes/a@temp.example/events");
        await using var two = await EventReader.OpenAsync(web.Client, "/v1/inboxes/a@temp.example/events");
        using var third = await web.Client.GetAsync("/v1/inboxes/a@temp.example/events");
        Assert.Equal("too-many-waits", await third.ProblemAsync(HttpStatusCode.TooManyRequests));
    }

    [Theory]
    [InlineData("Web:ProxyNetworks=127.0.0.0/8, 192.0.2.9", true)]
    [InlineData("Web:ProxyNetworks=192.0.2.0/24", false)]
    [InlineData("Web:ProxyNetworks=", false)]
    [InlineData("ForwardedHeaders_Enabled=true", false)]
    public async Task Only_a_configured_proxy_says_who_the_client_is(string setting, bool isBelieved)
    {
        await using var web = await StartAsync("Web:MaxRequestsPerMinute=1", "Web:UnlimitedNetworks=", setting);
        var statuses = new List<HttpStatusCode>();
        for (var client = 1; client <= 3; client++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/domains");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.1, 198.51.100.{client}, 192.0.2.9");
            using var response = await web.Client.SendAsync(request);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(isBelieved ? 3 : 1, statuses.Count(static s => s is HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("https://app.example.com", "https://app.example.com", true)]
    [InlineData("https://app.example.com, http://localhost:3000", "http://localhost:3000", true)]
    [InlineData("https://app.example.com", "https://evil.example.com", false)]
    [InlineData("*", "https://any.example.com", true)]
    [InlineData("", "https://app.example.com", false)]
    public async Task Only_pages_of_allowed_origins_use_the_api(string allowed, string origin, bool isAllowed)
    {
        await using var web = await StartAsync($"Web:AllowedOrigins={allowed}");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/messages/x");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "DELETE");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var allowance = await web.Client.SendAsync(preflight);
        Assert.Equal(isAllowed, allowance.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(allowance.Headers.Contains("Access-Control-Allow-Credentials"));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/domains");
        request.Headers.Add("Origin", origin);
        using var response = await web.Client.SendAsync(request);
        Assert.Equal(isAllowed, response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    /// <summary>Its content is not taken.</summary>
    private async Task<string> DeliverAttachmentAsync(int bytes)
    {
        await _mail.DeliverAsync("a@temp.example", [
            .. "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n"u8,
            .. new byte[bytes]]);
        return $"/v1/messages/{await _mail.NewestIdAsync("a@temp.example")}/attachments/0";
    }

    /// <summary>The head of the answer; for a client as a proxy names it, if there is one.</summary>
    private static async Task<HttpResponseMessage> BeginAsync(WebHost web, string path, string? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (client is not null)
        {
            request.Headers.Add("X-Forwarded-For", client);
        }

        return await web.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<HttpResponseMessage> RefusedAsync(WebHost web)
    {
        // A token may have come back meanwhile.
        HttpResponseMessage response;
        while ((response = await web.Client.GetAsync("/v1/domains")).IsSuccessStatusCode)
        {
            response.Dispose();
        }

        return response;
    }

    private Task<WebHost> StartAsync(params string[] settings) =>
        WebHost.StartAsync(_mail.ConnectionString, settings);
}
