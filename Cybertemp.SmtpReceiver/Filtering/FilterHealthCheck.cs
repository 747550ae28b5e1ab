using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>Ready once there is a snapshot: an old one is better than none.</summary>
internal sealed class FilterHealthCheck(FilterSource source) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(source.Current is null
            ? HealthCheckResult.Unhealthy("No filter snapshot yet.")
            : HealthCheckResult.Healthy());
}
