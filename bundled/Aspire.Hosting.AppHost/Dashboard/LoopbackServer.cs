using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// A web server inside the AppHost that knows nothing of the AppHost's own configuration and signals: it is there until
/// it is disposed of, so that the last lines of a stopping resource can still be read.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app, Uri url) => (_app, Url) = (app, url);

    /// <summary>Where it listens, with the port that it really got.</summary>
    public Uri Url { get; }

    /// <summary>Listens on a URL, or on a free port when that of the URL is taken.</summary>
    public static async Task<LoopbackServer> StartAsync(
        Uri url, Action<KestrelServerLimits> limit, Action<WebApplication> map, CancellationToken ct)
    {
        try
        {
            return await StartAsync(url, url.Port, limit, map, ct);
        }
        catch (IOException ex) when (ex.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return await StartAsync(url, 0, limit, map, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _app.StopAsync(timeout.Token);
        await _app.DisposeAsync();
    }

    private static async Task<LoopbackServer> StartAsync(
        Uri url, int port, Action<KestrelServerLimits> limit, Action<WebApplication> map, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            limit(kestrel.Limits);
            Listen(kestrel, url, port);
        });
        var app = builder.Build();
        try
        {
            app.UseRouting();
            map(app);
            await app.StartAsync(ct);
            return new(app, Address(app, url));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    // The name localhost cannot be combined with a port of the system's choice.
    private static void Listen(KestrelServerOptions kestrel, Uri url, int port)
    {
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address))
        {
            kestrel.Listen(address, port);
        }
        else if (port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, port);
        }
        else
        {
            kestrel.ListenLocalhost(port);
        }
    }

    private static Uri Address(WebApplication app, Uri url)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        var port = new Uri(addresses.Addresses.First()).Port;
        var host = url.Host is "0.0.0.0" or "[::]" or "127.0.0.1" ? "localhost" : url.Host;
        return new UriBuilder(Uri.UriSchemeHttp, host, port).Uri;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
