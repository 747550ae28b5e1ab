using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The current state of every instance, and who waits for which. Thread-safe.</summary>
public class ResourceNotificationService
{
    /// <summary>A watcher that is this far behind loses the oldest events; a snapshot replaces those before it.</summary>
    private const int WatcherCapacity = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableList<(Func<ResourceEvent, bool> Predicate, TaskCompletionSource<ResourceEvent> Completion)> _waiters = [];
    private ImmutableList<Channel<ResourceEvent>> _watchers = [];

    internal ResourceNotificationService()
    {
    }

    /// <summary>Every current state, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateBounded<ResourceEvent>(
            new BoundedChannelOptions(WatcherCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            _watchers = _watchers.Add(channel);
            foreach (var current in _current.Values)
            {
                channel.Writer.TryWrite(current);
            }
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers = _watchers.Remove(channel);
            }
        }
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
        {
            return _current.TryGetValue(resourceId, out resourceEvent);
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.Ordinal);
        var reached = await WaitForResourceAsync(
            resourceName, e => e.Snapshot.State is { } state && states.Contains(state.Text), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Any instance of the resource.</summary>
    public Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        WaitAsync(e => IsNamed(e, resourceName) && predicate(e), cancellationToken);

    /// <summary>Completes when every instance is healthy and ready; an instance that ends or fails throws with its reason.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        ResourceEvent? healthy = null;
        foreach (var id in await InstancesAsync(resourceName, cancellationToken))
        {
            healthy = await WaitForInstanceAsync(
                id, s => s is { HealthStatus: HealthStatus.Healthy, IsReady: true }, "to become healthy", cancellationToken);
        }

        return healthy!;
    }

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory) =>
        PublishUpdateAsync(resource, resource.Name, stateFactory);

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_lock)
        {
            var previous = _current.TryGetValue(resourceId, out var current) ? current.Snapshot : new CustomResourceSnapshot();
            var change = _current[resourceId] = new ResourceEvent(resource, resourceId, stateFactory(previous));
            foreach (var waiter in _waiters.Where(w => w.Predicate(change)))
            {
                _waiters = _waiters.Remove(waiter);
                waiter.Completion.TrySetResult(change);
            }

            _watchers.ForEach(w => w.Writer.TryWrite(change));
        }

        return Task.CompletedTask;
    }

    internal IReadOnlyList<ResourceEvent> Current(IResource resource)
    {
        lock (_lock)
        {
            return [.. _current.Values.Where(e => ReferenceEquals(e.Resource, resource))];
        }
    }

    /// <summary>Completes when the instance is as wanted; throws when it has ended or failed instead.</summary>
    internal async Task<ResourceEvent> WaitForInstanceAsync(
        string resourceId, Func<CustomResourceSnapshot, bool> wanted, string purpose, CancellationToken ct)
    {
        var reached = await WaitAsync(
            e => e.ResourceId == resourceId && (wanted(e.Snapshot) || e.Snapshot.IsTerminal || e.Snapshot.Failure is not null), ct);
        var snapshot = reached.Snapshot;
        return wanted(snapshot)
            ? reached
            : throw new DistributedApplicationException(
                $"Stopped waiting for resource '{reached.Resource.Name}' {purpose} because {Reason(snapshot)}");
    }

    private static string Reason(CustomResourceSnapshot snapshot) => snapshot switch
    {
        { Failure: { } failure } when snapshot.IsTerminal => $"it failed to start: {failure}",
        { Failure: { } failure } => $"it does not get ready: {failure}",
        { ExitCode: { } code } => $"it exited with code {code}.",
        _ => $"it entered the '{snapshot.State?.Text}' state.",
    };

    private static bool IsNamed(ResourceEvent e, string name) =>
        string.Equals(e.Resource.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(e.ResourceId, name, StringComparison.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<string>> InstancesAsync(string resourceName, CancellationToken ct)
    {
        await WaitAsync(e => IsNamed(e, resourceName), ct);
        lock (_lock)
        {
            return [.. _current.Values.Where(e => IsNamed(e, resourceName)).Select(e => e.ResourceId)];
        }
    }

    private async Task<ResourceEvent> WaitAsync(Func<ResourceEvent, bool> predicate, CancellationToken ct)
    {
        var waiter = (predicate, new TaskCompletionSource<ResourceEvent>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (_current.Values.FirstOrDefault(predicate) is { } current)
            {
                return current;
            }

            _waiters = _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Item2.Task.WaitAsync(ct);
        }
        finally
        {
            lock (_lock)
            {
                _waiters = _waiters.Remove(waiter);
            }
        }
    }
}
