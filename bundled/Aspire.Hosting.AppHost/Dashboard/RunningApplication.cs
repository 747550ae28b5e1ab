using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;

namespace Aspire.Hosting.Dashboard;

/// <summary>The application that this AppHost runs, as the dashboard sees it.</summary>
internal sealed class RunningApplication(
    DistributedApplicationModel model, ResourceNotificationService notifications, Orchestrator orchestrator, ConsoleFeed console) : IDashboardSource
{
    private static readonly string[] WhileRunning = ["stop", "restart"];
    private static readonly string[] WhileEnded = ["start"];

    public IReadOnlyList<DashboardResource> GetResources() =>
        [.. model.Resources.OrderBy(static r => r is ParameterResource).SelectMany(r => notifications.Current(r)).Select(Describe)];

    public IDisposable SubscribeResources(Action changed)
    {
        var ended = new CancellationTokenSource();
        var watching = WatchAsync(changed, ended.Token);
        return new Subscription(() =>
        {
            ended.Cancel();
            _ = watching.ContinueWith(_ => ended.Dispose(), TaskScheduler.Default);
        });
    }

    public IDisposable SubscribeConsole(Action<ConsoleLine> write) => console.Listen(write);

    public async Task<string?> ExecuteCommandAsync(string resource, string command, CancellationToken ct)
    {
        if (Find(resource) is not { } instance)
        {
            return $"{resource} has no process of its own.";
        }

        await (command == "stop" ? instance.StopAsync() : instance.RestartAsync()).WaitAsync(ct);
        return null;
    }

    private ResourceInstance? Find(string id) => orchestrator.Instances.FirstOrDefault(i => i.Id == id);

    private async Task WatchAsync(Action changed, CancellationToken ct)
    {
        try
        {
            await foreach (var _ in notifications.WatchAsync(ct))
            {
                changed();
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard has ended.
        }
    }

    private DashboardResource Describe(ResourceEvent current)
    {
        var (resource, snapshot, instance) = (current.Resource, current.Snapshot, Find(current.ResourceId));
        return new(current.ResourceId, resource.Name, Kind(resource), snapshot.State?.Text ?? "Unknown")
        {
            Health = resource is ParameterResource ? null : snapshot.HealthStatus?.ToString(),
            Parent = (resource as IResourceWithParent)?.Parent.Name,
            Source = Source(resource),
            Version = instance?.Server?.Description,
            StartedAt = Local(snapshot.StartTimeStamp),
            StoppedAt = Local(snapshot.StopTimeStamp),
            ExitCode = snapshot.ExitCode,
            ProcessId = snapshot.IsTerminal ? null : instance?.Process?.Id,
            Note = snapshot.Failure,
            Endpoints = Endpoints(resource),
            HealthChecks = [.. snapshot.HealthReports.Select(static r => new DashboardHealthCheck(r.Name, r.Status?.ToString(), r.ExceptionText ?? r.Description, Local(r.LastRunAt)))],
            Environment = instance?.Environment ?? System.Collections.Immutable.ImmutableDictionary<string, string>.Empty,
            References = [.. resource.Annotations.OfType<WaitAnnotation>().Select(static w => w.Resource.Name).Distinct(StringComparer.Ordinal)],
            Commands = instance is null ? [] : snapshot.IsTerminal ? WhileEnded : WhileRunning,
        };
    }

    private static DashboardEndpoint[] Endpoints(IResource resource) =>
        [.. resource.Annotations.OfType<EndpointAnnotation>().Where(static e => e.AllocatedEndpoint is not null)
            .Select(static e => new DashboardEndpoint(e.Name, e.AllocatedEndpoint!.UriString))];

    private static string Kind(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ContainerResource => "Container",
        ExecutableResource => "Executable",
        ParameterResource => "Parameter",
        _ => resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
    };

    private static string? Source(IResource resource) => resource switch
    {
        ProjectResource => Path.GetFileName(resource.Annotations.OfType<IProjectMetadata>().FirstOrDefault()?.ProjectPath),
        ExecutableResource executable => executable.Command,
        _ => null,
    };

    private static DateTimeOffset? Local(DateTime? utc) => utc is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null;
}
