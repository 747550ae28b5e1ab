using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>Not ready once PostgreSQL has been away for more than 10 s: a fail-over must not make every replica flap.</summary>
internal sealed class StorageHealthCheck(StorageAvailability availability) : IHealthCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(availability.IsReady(Tolerance)
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "PostgreSQL does not take writes."));
}
