using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Execution;

/// <summary>What every instance needs.</summary>
/// <param name="Telemetry">The variables that tell a service where to send telemetry; none when nobody listens.</param>
/// <param name="Force">Cancelled when nobody wants to wait for an orderly end any more.</param>
internal sealed record InstanceServices(
    ResourceNotificationService Notifications,
    ResourceStates States,
    IDistributedApplicationEventing Eventing,
    DistributedApplicationExecutionContext ExecutionContext,
    IServiceProvider Provider,
    Func<IEnumerable<KeyValuePair<string, string>>> Telemetry,
    CancellationToken Force);
