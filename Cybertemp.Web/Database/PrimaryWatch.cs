using Cybertemp.Mail.Failover;

namespace Cybertemp.Web.Database;

/// <summary>
/// Asks every server of the connection string for its timeline, before the first reader comes and now and then: a
/// former primary shows old mail and forgets what is changed there.
/// </summary>
internal sealed partial class PrimaryWatch(
    DatabaseServers servers, TimelineFence fence, TimeProvider time, ILogger<PrimaryWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private string? _told;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await servers.AskAsync(fence, LogUntold, ct);
        if (fence.LastRefusal is { } refusal && refusal != _told)
        {
            _told = refusal;
            LogFormerPrimary(refusal);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Connections to a PostgreSQL are refused: {Reason}")]
    private partial void LogFormerPrimary(string reason);

    [LoggerMessage(LogLevel.Debug, "A PostgreSQL did not tell its timeline ({Reason})")]
    private partial void LogUntold(string reason);
}
