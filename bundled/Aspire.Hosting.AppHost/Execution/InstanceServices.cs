using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Execution;

/// <summary>What every instance needs.</summary>
/// <param name="Force">Cancelled when nobody wants to wait for an orderly end any more.</param>
internal sealed record InstanceServices(
    ResourceNotificationService Notifications,
    ResourceStates States,
    IDistributedApplicationEventing Eventing,
    DistributedApplicationExecutionContext ExecutionContext,
    IServiceProvider Provider,
    CancellationToken Force);
