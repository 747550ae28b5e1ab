using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Publishes states. A child without processes of its own, such as a database, is in the state of its parent.</summary>
internal sealed class ResourceStates(DistributedApplicationModel model, ResourceNotificationService notifications, TimeProvider time)
{
    /// <summary>The health checks that decide over a resource: its own and its ancestors'.</summary>
    public static IReadOnlyList<string> HealthChecks(IResource resource) =>
        [.. resource.WithAncestors().SelectMany(r => r.Annotations.OfType<HealthCheckAnnotation>()).Select(a => a.Key)];

    public async Task PublishAsync(
        IResource resource, string id, string state, int? exitCode = null, string? failure = null)
    {
        await notifications.PublishUpdateAsync(resource, id, previous => Next(resource, previous, state, exitCode, failure));
        foreach (var child in model.Resources.OfType<IResourceWithParent>().Where(c => ReferenceEquals(c.Parent, resource)))
        {
            await PublishAsync(child, child.Name, state, exitCode, failure);
        }
    }

    private CustomResourceSnapshot Next(IResource resource, CustomResourceSnapshot previous, string state, int? exitCode, string? failure)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var next = new CustomResourceSnapshot { State = state, ExitCode = exitCode, Failure = failure, StartTimeStamp = previous.StartTimeStamp };
        if (state == KnownResourceStates.Running)
        {
            return next with
            {
                StartTimeStamp = now,
                HealthReports = [.. HealthChecks(resource).Select(key => new HealthReportSnapshot(key, null, null, null))],
            };
        }

        return KnownResourceStates.IsTerminal(state) ? next with { StopTimeStamp = now } : next;
    }
}
