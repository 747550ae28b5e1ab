using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Runs a model: starts everything at once, lets the waits decide the order, and stops dependants before what they depend on.</summary>
internal sealed partial class Orchestrator(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceStates states,
    HealthMonitor health,
    ResourceConsole console,
    StartSummary summary,
    IDistributedApplicationEventing eventing,
    DistributedApplicationExecutionContext executionContext,
    AppHostIdentity appHost,
    IConfiguration configuration,
    IServiceProvider services,
    ILogger<DistributedApplication> logger) : IHostedService, IAsyncDisposable
{
    private const int SuffixLength = 8;

    /// <summary>When the application is disposed without having been stopped.</summary>
    private static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationTokenSource _force = new();
    private readonly List<ResourceInstance> _instances = [];
    private readonly List<TcpProxy> _proxies = [];
    private bool _disposed;
    private Task _monitors = Task.CompletedTask;

    public IReadOnlyList<ResourceInstance> Instances => _instances;

    /// <summary>Completes when everything runs or has failed to.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        LogStarting();
        LogDirectory(appHost.ProjectDirectory);
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
        await CreateInstancesAsync();
        _monitors = Task.WhenAll(model.Resources.Where(r => r is not ParameterResource).Select(r => MonitorAsync(r, _stopped.Token)));
        _instances.ForEach(i => i.Start());
        foreach (var instance in _instances)
        {
            await notifications.WaitForResourceAsync(instance.Id, e => e.Snapshot is { IsTerminal: true } or { State.Text: "Running" }, cancellationToken);
        }

        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken);
        LogStarted();
        summary.Write(_instances);
    }

    /// <summary>Orderly until the token says that it takes too long.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var tooLong = cancellationToken.UnsafeRegister(static o => ((Orchestrator)o!).Force(), this);
        foreach (var wave in StopOrder.Waves(_instances.Select(i => i.Resource).Distinct()))
        {
            await Task.WhenAll(_instances.Where(i => wave.Contains(i.Resource)).Select(i => i.EndAsync()));
        }

        await _stopped.CancelAsync();
        await _monitors;
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        _proxies.Clear();
    }

    /// <summary>Kills what is left.</summary>
    public void Force() => _force.Cancel();

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        using var timeout = new CancellationTokenSource(DisposeTimeout);
        await StopAsync(timeout.Token);
        _instances.ForEach(i => i.Dispose());
        _stopped.Dispose();
        _force.Dispose();
    }

    private static string RandomSuffix() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", SuffixLength);

    private async Task CreateInstancesAsync()
    {
        var randomizePorts = configuration.GetValue("DcpPublisher:RandomizePorts", false);
        var common = new InstanceServices(notifications, states, eventing, executionContext, services, Telemetry, _force.Token);
        foreach (var resource in model.Resources)
        {
            switch (resource)
            {
                case ParameterResource parameter:
                    await PublishAsync(parameter);
                    break;
                case ContainerResource when !resource.Annotations.OfType<LocalServerAnnotation>().Any():
                    throw new NotSupportedException(
                        $"Running the container '{resource.Name}' needs the published package Aspire.Hosting.AppHost and a container runtime.");
                case ContainerResource or ProjectResource or ExecutableResource:
                    var endpoints = EndpointAllocator.Allocate(resource, randomizePorts);
                    _proxies.AddRange(endpoints.Where(e => e.NeedsProxy).Select(TcpProxy.Start));
                    _instances.AddRange(Enumerable.Range(0, resource.GetReplicaCount()).Select(r => Create(resource, r, endpoints, common)));
                    break;
            }
        }

        // All are known before the first one looks for what it waits for.
        foreach (var instance in _instances)
        {
            await states.PublishAsync(instance.Resource, instance.Id, KnownResourceStates.NotStarted);
        }
    }

    private ResourceInstance Create(IResource resource, int replica, IReadOnlyList<EndpointPorts> endpoints, InstanceServices common)
    {
        var id = $"{resource.Name}-{RandomSuffix()}";
        return new ResourceInstance(
            resource, id, replica, endpoints, console.CreateLog(resource.GetReplicaCount() > 1 ? id : resource.Name, id), common);
    }

    private IEnumerable<KeyValuePair<string, string>> Telemetry() => services.GetService<DashboardService>()?.Environment ?? [];

    private Task PublishAsync(ParameterResource parameter)
    {
        try
        {
            _ = parameter.CurrentValue;
            return notifications.PublishUpdateAsync(parameter, s => s with { State = KnownResourceStates.Running, IsReady = true });
        }
        catch (MissingParameterValueException ex)
        {
            LogMissing(ex.Message);
            return notifications.PublishUpdateAsync(parameter, s => s with { State = "Value missing", Failure = ex.Message });
        }
    }

    private async Task MonitorAsync(IResource resource, CancellationToken ct)
    {
        try
        {
            await health.RunAsync(resource, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The application has stopped.
        }
    }

    [LoggerMessage(LogLevel.Information, "Distributed application starting.")]
    private partial void LogStarting();

    [LoggerMessage(LogLevel.Information, "Application host directory is: {Directory}")]
    private partial void LogDirectory(string directory);

    [LoggerMessage(LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
    private partial void LogStarted();

    [LoggerMessage(LogLevel.Warning, "{Reason}")]
    private partial void LogMissing(string reason);
}
