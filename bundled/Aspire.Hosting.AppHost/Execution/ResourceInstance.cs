using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>One replica of a resource: waits for what it needs, runs its process, and says what became of it.</summary>
internal sealed class ResourceInstance(
    IResource resource, string id, int replica, IReadOnlyList<EndpointPorts> endpoints, ResourceLog log, InstanceServices services)
    : IDisposable
{
    private readonly SemaphoreSlim _command = new(1);
    private CancellationTokenSource _stopping = new();
    private Task _life = Task.CompletedTask;
    private bool _ended;

    public IResource Resource { get; } = resource;

    public string Id { get; } = id;

    /// <summary>Null unless it is a local server that has started.</summary>
    public LocalServerContext? Server { get; private set; }

    /// <summary>What its last process was given; empty for a local server.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The last process; null before the first start.</summary>
    public RunningProcess? Process { get; private set; }

    private Func<string, string> FillPorts { get; } = ProcessEnvironment.FillPorts(endpoints, replica);

    public void Start() => _life = LiveAsync(_stopping.Token);

    /// <summary>Completes when no process is left.</summary>
    public async Task StopAsync()
    {
        await _command.WaitAsync();
        try
        {
            await HaltAsync();
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>Starts it anew, waits included, after stopping what runs; does nothing once the application ends.</summary>
    public async Task RestartAsync()
    {
        await _command.WaitAsync();
        try
        {
            await HaltAsync();
            if (!_ended)
            {
                _stopping.Dispose();
                _stopping = new CancellationTokenSource();
                Start();
            }
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>Stops it for good.</summary>
    public Task EndAsync()
    {
        _ended = true;
        return StopAsync();
    }

    /// <summary>Command lines for a person who wants to look into it.</summary>
    public IEnumerable<string> Hints() => Server?.Hints ?? [];

    public void Dispose()
    {
        _stopping.Dispose();
        _command.Dispose();
    }

    private string EndState => Resource is ContainerResource ? KnownResourceStates.Exited : KnownResourceStates.Finished;

    private async Task HaltAsync()
    {
        await _stopping.CancelAsync();
        await _life;
    }

    private async Task LiveAsync(CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            await WaitForDependenciesAsync(stopping);
            await PublishAsync(KnownResourceStates.Starting);
            await services.Eventing.PublishAsync(new BeforeResourceStartedEvent(Resource, services.Provider), stopping);
            ThrowIfPortIsTaken();
            using var volume = Resource is ContainerResource ? VolumeDirectory.Open(Resource) : null;
            var process = volume is null ? await StartProcessAsync(stopping) : await StartServerAsync(volume, stopping);
            Process = process;
            await PublishAsync(KnownResourceStates.Running);
            await StayAsync(process, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await PublishAsync(EndState);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            log.Write($"Failed to start: {ex.Message}", isError: true);
            await PublishAsync(KnownResourceStates.FailedToStart, failure: ex.Message);
        }
    }

    private async Task WaitForDependenciesAsync(CancellationToken ct)
    {
        var waits = Resource.Annotations.OfType<WaitAnnotation>().ToList();
        if (waits.Count == 0)
        {
            return;
        }

        await PublishAsync(KnownResourceStates.Waiting);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await foreach (var done in Task.WhenEach(waits.ConvertAll(w => WaitForAsync(w, ended.Token))).WithCancellation(ct))
        {
            if (done.IsFaulted)
            {
                await ended.CancelAsync();
            }

            await done;
        }
    }

    private async Task WaitForAsync(WaitAnnotation wait, CancellationToken ct)
    {
        var name = wait.Resource.Name;
        log.Write($"Waiting for resource '{name}' to enter the 'Running' state.");
        foreach (var instance in services.Notifications.Current(wait.Resource))
        {
            await services.Notifications.WaitForInstanceAsync(
                instance.ResourceId, s => s.State?.Text == KnownResourceStates.Running, "to enter the 'Running' state", ct);
        }

        if (wait.WaitType is WaitType.WaitUntilHealthy)
        {
            log.Write($"Waiting for resource '{name}' to become healthy.");
            await services.Notifications.WaitForResourceHealthyAsync(name, ct);
        }

        log.Write($"Finished waiting for resource '{name}'.");
    }

    private void ThrowIfPortIsTaken()
    {
        if (endpoints.FirstOrDefault(e => e is { IsFixed: true, NeedsProxy: false } && !FreePorts.IsFree(e.Port)) is { } taken)
        {
            var holder = PortHolder.Find(taken.Port) is { } found ? $" by {found}" : string.Empty;
            throw new DistributedApplicationException(string.Create(
                CultureInfo.InvariantCulture, $"Port {taken.Port} of endpoint '{taken.Endpoint.Name}' is already in use{holder}."));
        }
    }

    private async Task<RunningProcess> StartProcessAsync(CancellationToken ct)
    {
        var environment = new Dictionary<string, string?>(
            await ProcessEnvironment.ResolveAsync(Resource, services.ExecutionContext, FillPorts, ct), StringComparer.Ordinal);
        if (Resource is ProjectResource)
        {
            environment.TryAdd("OTEL_SERVICE_NAME", Resource.Name);
            environment.TryAdd("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={Id[(Resource.Name.Length + 1)..]}");
            services.Telemetry().ToList().ForEach(e => environment.TryAdd(e.Key, e.Value));
        }

        Environment = environment.Where(e => e.Value is not null).ToDictionary(e => e.Key, e => e.Value!, StringComparer.Ordinal);
        var arguments = await ProcessEnvironment.ResolveArgumentsAsync(Resource, FillPorts, ct);
        return await RunningProcess.StartAsync(ProcessSpecs.For(Resource, environment, arguments), log.Write, ct);
    }

    private async Task<RunningProcess> StartServerAsync(VolumeDirectory volume, CancellationToken ct)
    {
        var server = new LocalServerProcess(
            Resource, Resource.Annotations.OfType<LocalServerAnnotation>().Single().Server, endpoints.Single(), log);
        var process = await server.StartAsync(volume, ct);
        Server = server.Context;
        log.Write($"{Server!.Description} runs as process {process.Id}, {(volume.IsPersistent ? "data in" : "temporary data in")} {volume.DataDirectory}");
        return process;
    }

    private async Task StayAsync(RunningProcess process, CancellationToken stopping)
    {
        var stop = new TaskCompletionSource();
        await using (stopping.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), stop))
        {
            await Task.WhenAny(process.Exit, stop.Task);
        }

        var wasAsked = !process.Exit.IsCompleted;
        if (wasAsked)
        {
            await PublishAsync(KnownResourceStates.Stopping);
            await process.StopAsync(services.Force);
        }

        var exitCode = await process.Exit;
        log.Write($"Exited with code {exitCode}.", isError: exitCode != 0 && !wasAsked);
        await PublishAsync(EndState, exitCode);
    }

    private Task PublishAsync(string state, int? exitCode = null, string? failure = null) =>
        services.States.PublishAsync(Resource, Id, state, exitCode, failure);
}
