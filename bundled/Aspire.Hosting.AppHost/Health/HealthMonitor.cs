using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Health;

/// <summary>
/// Checks running resources: often until healthy, then every half minute. The first time after a start that a resource is
/// healthy its ready event is published.
/// </summary>
internal sealed partial class HealthMonitor(
    ResourceNotificationService notifications,
    HealthCheckService healthChecks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time,
    ILogger<HealthMonitor> logger)
{
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    public async Task RunAsync(IResource resource, CancellationToken ct)
    {
        var keys = ResourceStates.HealthChecks(resource).ToHashSet(StringComparer.Ordinal);
        var retry = FirstRetry;
        while (true)
        {
            await WaitUntilRunningAsync(resource, ct);
            var isHealthy = await CheckAsync(resource, keys, ct);
            if (isHealthy)
            {
                await PublishReadyAsync(resource, ct);
            }

            retry = isHealthy ? FirstRetry : retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
            await PauseAsync(resource, isHealthy ? HealthyInterval : retry, ct);
        }
    }

    private static bool IsRunning(ResourceEvent e) => e.Snapshot.State?.Text == KnownResourceStates.Running;

    private static bool IsNew(ResourceEvent e) => IsRunning(e) && e.Snapshot is { IsReady: false, Failure: null };

    /// <summary>A child cannot be healthy before its parent is ready: a database is created then.</summary>
    private async Task WaitUntilRunningAsync(IResource resource, CancellationToken ct)
    {
        await notifications.WaitForResourceAsync(resource.Name, IsRunning, ct);
        if (resource is IResourceWithParent child)
        {
            await notifications.WaitForResourceAsync(child.Parent.Name, e => e.Snapshot is { IsReady: true } or { Failure: not null }, ct);
        }
    }

    private async Task<bool> CheckAsync(IResource resource, HashSet<string> keys, CancellationToken ct)
    {
        if (keys.Count == 0)
        {
            return true;
        }

        var report = await healthChecks.CheckHealthAsync(check => keys.Contains(check.Name), ct);
        var now = time.GetUtcNow().UtcDateTime;
        var reports = report.Entries.Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.Message) { LastRunAt = now });
        await UpdateAsync(resource, IsRunning, snapshot => snapshot with { HealthReports = [.. reports] });
        return report.Status is HealthStatus.Healthy;
    }

    private async Task PublishReadyAsync(IResource resource, CancellationToken ct)
    {
        if (!notifications.Current(resource).Any(IsNew))
        {
            return;
        }

        try
        {
            await eventing.PublishAsync(new ResourceReadyEvent(resource, services), ct);
            await UpdateAsync(resource, IsNew, snapshot => snapshot with { IsReady = true });
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            LogReadyFailed(ex, resource.Name);
            await UpdateAsync(resource, IsNew, snapshot => snapshot with { Failure = ex.Message });
        }
    }

    private async Task UpdateAsync(
        IResource resource, Func<ResourceEvent, bool> which, Func<CustomResourceSnapshot, CustomResourceSnapshot> update)
    {
        foreach (var instance in notifications.Current(resource).Where(which))
        {
            await notifications.PublishUpdateAsync(
                resource, instance.ResourceId, s => s.State?.Text == KnownResourceStates.Running ? update(s) : s);
        }
    }

    /// <summary>An instance that has just started is not kept waiting for the next round of the others.</summary>
    private async Task PauseAsync(IResource resource, TimeSpan interval, CancellationToken ct)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var elapsed = Task.Delay(interval, time, pause.Token);
        await Task.WhenAny(
            elapsed, notifications.WaitForResourceAsync(resource.Name, e => interval == HealthyInterval && IsNew(e), pause.Token));
        await pause.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    [LoggerMessage(LogLevel.Error, "A subscriber of the ready event of '{ResourceName}' failed")]
    private partial void LogReadyFailed(Exception exception, string resourceName);
}
