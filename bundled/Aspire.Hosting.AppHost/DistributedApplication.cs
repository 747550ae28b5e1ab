using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Execution;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public partial class DistributedApplication(IHost host) : IHost, IAsyncDisposable
{
    /// <summary>A terminal and a parent may both pass on the same Ctrl+C.</summary>
    private static readonly TimeSpan OneKeystroke = TimeSpan.FromMilliseconds(300);

    private readonly ILogger _logger = host.Services.GetRequiredService<ILogger<DistributedApplication>>();
    private long _interrupted;
    private bool _isDisposed;

    /// <summary>Nobody can use the application any more.</summary>
    internal Action? Disposed { get; set; }

    public IServiceProvider Services => host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

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
        else if (CommandLineHelp.TryWrite(
            Services.GetRequiredService<DistributedApplicationOptions>().Args, Assembly.GetEntryAssembly(), Services.GetRequiredService<DistributedApplicationModel>(), Console.Out))
        {
            await DisposeAsync();
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
#pragma warning disable VSTHRD002 // Its callers have nothing to await it with.
        DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops what still runs.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        if (Services.GetService<Orchestrator>() is { } orchestrator)
        {
            await orchestrator.DisposeAsync();
        }

        await ((IAsyncDisposable)host).DisposeAsync();
        Disposed?.Invoke();
        GC.SuppressFinalize(this);
    }

    private async Task RunHostAsync(CancellationToken ct)
    {
        await using (this)
        {
            using var parent = ParentWatch.Start(Services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt);
            try
            {
                await StartAsync(ct);
                await host.WaitForShutdownAsync(ct);
            }
            catch (OperationCanceledException) when (Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
            {
                await StopAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>The first Ctrl+C asks for an orderly end, the second one for any.</summary>
    private void OnInterrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_interrupted is 0)
        {
            _interrupted = Stopwatch.GetTimestamp();
        }
        else if (Stopwatch.GetElapsedTime(_interrupted) > OneKeystroke)
        {
            Services.GetRequiredService<Orchestrator>().Force();
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
