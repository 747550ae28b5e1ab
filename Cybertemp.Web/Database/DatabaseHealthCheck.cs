using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Cybertemp.Web.Database;

/// <summary>
/// Ready while mail can be read. Short absences do not count: every replica would leave the balancer at each fail-over.
/// </summary>
internal sealed class DatabaseHealthCheck(MailDatabase database, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private long? _awaySince;
    private bool _wasThere;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            await using var command = database.Read.CreateCommand(
                "select from emails join inbox_lease on address = inbox where inbox = '' limit 0");
            await command.ExecuteNonQueryAsync(timeout.Token);
            (_awaySince, _wasThere) = (null, true);
            return HealthCheckResult.Healthy();
        }
        catch (Exception ex) when (ex is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            _awaySince ??= time.GetTimestamp();
            return _wasThere && time.GetElapsedTime(_awaySince.Value) < Tolerated
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy();
        }
    }
}
