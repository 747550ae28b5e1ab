using Cybertemp.Mail.Failover;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Storage.Maintenance;

/// <summary>
/// Asks every server of the connection string for its timeline, at the start and now and then, and tells of former
/// primaries that were met.
/// </summary>
internal sealed partial class TimelineWatch(
    DatabaseServers servers,
    TimelineFence fence,
    StorageMetrics metrics,
    TimeProvider timeProvider,
    IOptions<StorageOptions> options,
    ILogger<TimelineWatch> logger) : BackgroundService
{
    private long _refused;
    private string? _told;
    private bool _wasBlind;

    public async Task LookAsync(CancellationToken ct)
    {
        await servers.AskAsync(fence, LogUntold, ct);
        Report();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Value.MonitorInterval, timeProvider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await LookAsync(stoppingToken);
        }
    }

    private void Report()
    {
        var refused = fence.Refused;
        metrics.FormerPrimaryRefused(refused - _refused);
        _refused = refused;
        if (fence.LastRefusal is { } refusal && refusal != _told)
        {
            _told = refusal;
            LogFormerPrimary(refusal);
        }

        if (fence.IsBlind && !_wasBlind)
        {
            _wasBlind = true;
            LogBlind();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Connections to a PostgreSQL are refused: {Reason}")]
    private partial void LogFormerPrimary(string reason);

    [LoggerMessage(
        LogLevel.Information, "PostgreSQL does not tell its timeline: a former primary would not be recognised")]
    private partial void LogBlind();

    [LoggerMessage(LogLevel.Debug, "A PostgreSQL did not tell its timeline ({Reason})")]
    private partial void LogUntold(string reason);
}
