using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public partial class DistributedApplication(IHost host) : IHost, IAsyncDisposable
{
    private readonly ILogger _logger = host.Services.GetRequiredService<ILogger<DistributedApplication>>();

    public IServiceProvider Services => host.Services;

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

#pragma warning disable VSTHRD002 // A blocking entry point is what it offers.
    public void Run() => RunAsync().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    /// <summary>Runs until it is told to stop; in publish mode writes the manifest instead.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (EntryPointInterceptor.Current is { } interceptor)
        {
            await interceptor.WaitForShutdownAsync();
        }
        else if (Services.GetService<PublishRequest>() is { } request)
        {
            await PublishAsync(request, cancellationToken);
        }
        else
        {
            await RunHostAsync(cancellationToken);
        }
    }

    public virtual Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    public virtual void Dispose()
    {
        host.Dispose();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)host).DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task RunHostAsync(CancellationToken ct)
    {
        await using (this)
        {
            await StartAsync(ct);
            await host.WaitForShutdownAsync(ct);
        }
    }

    private async Task PublishAsync(PublishRequest request, CancellationToken ct)
    {
        await using (this)
        {
            var model = Services.GetRequiredService<DistributedApplicationModel>();
            await Services.GetRequiredService<IDistributedApplicationEventing>().PublishAsync(new BeforeStartEvent(Services, model), ct);
            await ManifestWriter.WriteAsync(model, Services.GetRequiredService<DistributedApplicationExecutionContext>(), request.OutputPath, ct);
            LogPublished(request.OutputPath);
        }
    }

    [LoggerMessage(LogLevel.Information, "Published manifest to: {Path}")]
    private partial void LogPublished(string path);
}
