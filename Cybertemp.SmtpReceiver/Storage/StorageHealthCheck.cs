using Cybertemp.SmtpReceiver.Storage.Maintenance;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>
/// Not ready once PostgreSQL has been away for more than 10 s: a fail-over must not make every replica flap. Degraded
/// while a committed transaction could be lost.
/// </summary>
internal sealed class StorageHealthCheck(StorageAvailability availability, DatabaseState database) : IHealthCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((availability.IsReady(Tolerance), database.Weaknesses) switch
        {
            (false, _) => new HealthCheckResult(context.Registration.FailureStatus, "PostgreSQL does not take writes."),
            (true, { Count: > 0 } off) =>
                HealthCheckResult.Degraded($"PostgreSQL runs with {string.Join(", ", off)} off."),
            _ => HealthCheckResult.Healthy(),
        });
}
