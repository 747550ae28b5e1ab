using Cybertemp.Web.Webhooks.Delivery;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cybertemp.Web.Webhooks;

/// <summary>A warning while webhooks fail: the service itself is as ready as before.</summary>
internal sealed class WebhookHealthCheck(WebhookTargets targets) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(targets.Failing == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("Webhooks fail."));
}
