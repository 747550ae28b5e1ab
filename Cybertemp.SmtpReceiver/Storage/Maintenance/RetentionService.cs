using Cybertemp.Mail.Schema;
using Cybertemp.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Storage.Maintenance;

/// <summary>
/// Runs <see cref="Retention"/> and <see cref="RowExpiry"/> now and then; replicas do not meet because each waits its
/// own while.
/// </summary>
internal sealed partial class RetentionService(
    Retention retention, RowExpiry rows, TimeProvider timeProvider, IOptions<StorageOptions> options,
    ILogger<RetentionService> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var interval = options.Value.RetentionInterval;
            var pause = await TryRunAsync(stoppingToken) || interval < AfterFailure ? interval : AfterFailure;
            var jitter = 0.75 + (Random.Shared.NextDouble() / 2);
            await Task.Delay(pause * jitter, timeProvider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryRunAsync(CancellationToken ct)
    {
        try
        {
            return await retention.RunAsync(force: false, ct) & await rows.RunAsync(ct);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            if (!ct.IsCancellationRequested)
            {
                LogFailed(FailureReason.Of(ex));
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Retention could not run: {Reason}")]
    private partial void LogFailed(string reason);
}
