using Cybertemp.Tests.Support;
using Cybertemp.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Web;

/// <summary>The web service as its process runs it, in this one: real Kestrel, real PostgreSQL, a free port.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebHost(WebApplication app, CapturedLog log)
    {
        (_app, Log) = (app, log);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(app.Urls.Single()),
        };
    }

    public HttpClient Client { get; }

    public CapturedLog Log { get; }

    public Uri Address => Client.BaseAddress!;

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts it on a database that has the schema.</summary>
    /// <param name="connectionString">Of the database.</param>
    /// <param name="settings">More of its configuration, as <c>Web:Option=value</c>.</param>
    public static Task<WebHost> StartAsync(string connectionString, params string[] settings) =>
        StartAsync(connectionString, TimeProvider.System, settings);

    /// <summary>As above.</summary>
    /// <param name="connectionString">Of the database.</param>
    /// <param name="time">With one that stands still nothing is done by the clock.</param>
    /// <param name="settings">More of its configuration, as <c>Web:Option=value</c>.</param>
    public static async Task<WebHost> StartAsync(
        string connectionString, TimeProvider time, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Cybertemp.Web",
            ContentRootPath = Path.Combine(Repository.Root, "Cybertemp.Web"),
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:cybertemp"] = connectionString,
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(static s => s.Split('=', 2))
            .Select(static s => KeyValuePair.Create<string, string?>(s[0], s[1])));
        var log = new CapturedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddServiceDefaults();
        builder.AddWeb();
        builder.Services.AddSingleton(time);
        var app = builder.Build();
        app.MapWeb();
        app.MapDefaultEndpoints();
        await app.StartAsync();
        return new WebHost(app, log);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
