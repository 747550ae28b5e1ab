using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.AppHost;

/// <summary>
/// The AppHost's own entry point, run once for several test classes: PostgreSQL and Redis of this machine, three
/// receivers behind one port, random ports, data that ends with it. No poll of the filters is due while the tests run.
/// </summary>
public sealed class RunningAppHost : IAsyncLifetime
{
    public const int Replicas = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(300);

    private DistributedApplication? _app;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The stack has not been started.");

    public async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        string[] settings =
            ["--Cybertemp:Servers=Processes", "--Cybertemp:EphemeralData=true", $"--Cybertemp:Replicas={Replicas}"];
        var builder =
            await DistributedApplicationTestingBuilder.CreateAsync<Projects.Cybertemp_AppHost>(settings, timeout.Token);
        foreach (var service in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(service)
                .WithEnvironment("Filters__PollInterval", "1.00:00:00")
                .WithEnvironment("Smtp__MaxRefusals", "100000");
        }

        _app = await builder.BuildAsync(timeout.Token);
        await _app.StartAsync(timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("smtp-receiver", timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("sync", timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("web", timeout.Token);
        await EveryReceiverIsHealthyAsync(_app, timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    // Aspire calls a resource healthy as soon as one of its replicas is; the proxy gives each new connection to the
    // next.
    private static async Task EveryReceiverIsHealthyAsync(DistributedApplication app, CancellationToken ct)
    {
        var running = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var change in app.ResourceNotifications.WatchAsync(ct))
        {
            if (change.Resource.Name == "smtp-receiver" && change.Snapshot.State?.Text == KnownResourceStates.Running)
            {
                running.Add(change.ResourceId);
            }

            if (running.Count == Replicas)
            {
                break;
            }
        }

        var answered = 0;
        await Eventually.TrueAsync(async () =>
        {
            answered = await IsHealthyAsync(app, ct) ? answered + 1 : 0;
            return answered == 2 * Replicas;
        });
    }

    private static async Task<bool> IsHealthyAsync(DistributedApplication app, CancellationToken ct)
    {
        using var http = app.CreateHttpClient("smtp-receiver", "http");
        http.DefaultRequestHeaders.ConnectionClose = true;
        try
        {
            using var health = await http.GetAsync(new Uri("/health", UriKind.Relative), ct);
            return health.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
