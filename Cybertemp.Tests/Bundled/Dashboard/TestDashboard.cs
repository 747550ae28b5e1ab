using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Telemetry;

namespace Cybertemp.Tests.Bundled.Dashboard;

/// <summary>A dashboard on free ports over a fake source, with a client that is logged in.</summary>
internal sealed class TestDashboard : IAsyncDisposable
{
    public const string Token = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

    private TestDashboard(DashboardHost host, FakeDashboardSource source)
    {
        (Host, Source) = (host, source);
        Stranger = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Url };
        Browser = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = host.Url };
        Exporter = new() { BaseAddress = host.OtlpUrl };
        Exporter.DefaultRequestHeaders.Add("x-otlp-api-key", host.ApiKey);
    }

    public DashboardHost Host { get; }

    public FakeDashboardSource Source { get; }

    public HttpClient Browser { get; }

    public HttpClient Stranger { get; }

    public HttpClient Exporter { get; }

    public static async Task<TestDashboard> StartAsync(TelemetryLimits? limits = null, bool anonymous = false)
    {
        var options = new DashboardOptions
        {
            ApplicationName = "Test",
            Url = new("http://127.0.0.1:0"),
            OtlpUrl = new("http://127.0.0.1:0"),
            BrowserToken = anonymous ? null : Token,
        };
        var source = new FakeDashboardSource();
        var host = await DashboardHost.StartAsync(options, limits ?? new(), source, TimeProvider.System, CancellationToken.None);
        var dashboard = new TestDashboard(host, source);
        using var login = await dashboard.Browser.GetAsync(new Uri(host.LoginUrl));
        login.EnsureSuccessStatusCode();
        return dashboard;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        await using var stream = await Browser.GetStreamAsync(new Uri(path, UriKind.Relative));
        using var document = await JsonDocument.ParseAsync(stream);
        return document.RootElement.Clone();
    }

    public async Task<HttpStatusCode> ExportAsync(string signal, byte[] body, string? encoding = null, string type = "application/x-protobuf")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await Exporter.PostAsync(new Uri($"/v1/{signal}", UriKind.Relative), content);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        Stranger.Dispose();
        Exporter.Dispose();
        await Host.DisposeAsync();
    }
}
