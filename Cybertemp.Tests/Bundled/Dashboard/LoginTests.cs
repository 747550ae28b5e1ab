using System.Net;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.Tests.Bundled.Dashboard;

public sealed class LoginTests
{
    [Fact]
    public async Task A_stranger_is_sent_to_the_login_and_learns_nothing()
    {
        await using var dashboard = await TestDashboard.StartAsync();

        using var page = await dashboard.Stranger.GetAsync(Path("/traces?text=x"));
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal("/login?returnUrl=%2Ftraces%3Ftext%3Dx", page.Headers.Location?.OriginalString);

        foreach (var path in (string[])["/api/app", "/api/resources", "/api/console", "/api/console/download", "/api/live", "/api/logs", "/api/traces", "/api/meters"])
        {
            using var answer = await dashboard.Stranger.GetAsync(Path(path));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task The_link_logs_in_with_a_cookie_that_works_over_http()
    {
        await using var dashboard = await TestDashboard.StartAsync();

        using var login = await dashboard.Stranger.GetAsync(new Uri(dashboard.Host.LoginUrl));

        Assert.Equal(HttpStatusCode.Redirect, login.StatusCode);
        Assert.Equal("/", login.Headers.Location?.OriginalString);
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestDashboard.Token, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith($"aspire-dashboard-{dashboard.Host.Url.Port}=", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_or_a_forged_cookie_does_not_open()
    {
        await using var dashboard = await TestDashboard.StartAsync();

        using var login = await dashboard.Stranger.GetAsync(Path("/login?t=wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        Assert.False(login.Headers.Contains("Set-Cookie"));

        using var request = new HttpRequestMessage(HttpMethod.Get, Path("/api/app"));
        request.Headers.Add("Cookie", $"aspire-dashboard-{dashboard.Host.Url.Port}={TestDashboard.Token}");
        using var forged = await dashboard.Stranger.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    [Theory]
    [InlineData("%2Ftraces%3Ferrors%3D1", "/traces?errors=1")]
    [InlineData("https%3A%2F%2Fevil.example", "/")]
    [InlineData("%2F%2Fevil.example", "/")]
    [InlineData("%2F%5Cevil.example", "/")]
    public async Task After_the_login_the_page_that_was_asked_for_follows_and_no_other_site(string returnUrl, string location)
    {
        await using var dashboard = await TestDashboard.StartAsync();

        using var login = await dashboard.Stranger.GetAsync(new Uri($"{dashboard.Host.LoginUrl}&returnUrl={returnUrl}"));

        Assert.Equal(location, login.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("apphost.localhost", HttpStatusCode.OK)]
    [InlineData("rebind.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.example", HttpStatusCode.BadRequest)]
    public async Task Only_names_of_this_machine_are_answered(string host, HttpStatusCode status)
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Path("/login"));
        request.Headers.Host = $"{host}:{dashboard.Host.Url.Port}";

        using var response = await dashboard.Stranger.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("self", HttpStatusCode.NoContent)]
    public async Task A_command_comes_from_the_page_itself(string? origin, HttpStatusCode status)
    {
        await using var dashboard = await TestDashboard.StartAsync();
        dashboard.Source.Set(new("sync-abcdefgh", "sync", "Project", "Running") { Commands = ["stop"] });
        using var request = new HttpRequestMessage(HttpMethod.Post, Path("/api/resources/sync-abcdefgh/commands/stop"));
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "self" ? dashboard.Host.Url.GetLeftPart(UriPartial.Authority) : origin);
        }

        using var response = await dashboard.Browser.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.NoContent ? ["stop sync-abcdefgh"] : [], dashboard.Source.Executed);
    }

    [Fact]
    public async Task Anonymous_access_is_an_explicit_choice()
    {
        await using var dashboard = await TestDashboard.StartAsync(anonymous: true);

        using var answer = await dashboard.Stranger.GetAsync(Path("/api/app"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(dashboard.Host.Url.ToString(), dashboard.Host.LoginUrl);
    }

    [Fact]
    public async Task A_taken_port_is_replaced_and_said()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var options = new DashboardOptions { ApplicationName = "Test", Url = new($"http://localhost:{port}"), OtlpUrl = new("http://127.0.0.1:0") };

        await using var host = await DashboardHost.StartAsync(options, new FakeDashboardSource(), CancellationToken.None);

        Assert.NotEqual(port, host.Url.Port);
        Assert.Equal([$"The dashboard listens on {host.Url} since port {port} is taken."], host.Notes);
    }

    [Fact]
    public void Options_come_from_the_variables_of_the_published_dashboard()
    {
        var options = DashboardOptions.FromConfiguration(Configuration(
            ("ASPNETCORE_URLS", "https://localhost:17000;http://localhost:15999"),
            ("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "http://localhost:19999"),
            ("ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN", "mine")), "Test", secrets: null);

        Assert.Equal(new Uri("http://localhost:15999"), options.Url);
        Assert.Equal(new Uri("http://localhost:19999"), options.OtlpUrl);
        Assert.Equal("mine", options.BrowserToken);
        Assert.Equal(32, options.ApiKey!.Length);

        var anonymous = DashboardOptions.FromConfiguration(Configuration(("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "true")), "Test", secrets: null);
        Assert.Equal((null, null, 15000, 18890), (anonymous.BrowserToken, anonymous.ApiKey, anonymous.Url.Port, anonymous.OtlpUrl.Port));
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    private static IConfiguration Configuration(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(static v => KeyValuePair.Create<string, string?>(v.Key, v.Value))).Build();
}
