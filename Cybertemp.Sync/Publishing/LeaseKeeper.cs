using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.ServiceDefaults;
using Cybertemp.Sync.Sources;

namespace Cybertemp.Sync.Publishing;

/// <summary>
/// Renews the lease, or waits for its turn. Has everything mirrored anew when the lease is ours now, or when Redis has
/// lost what was in force.
/// </summary>
internal sealed partial class LeaseKeeper(
    MirrorLease lease, MirrorWriter writer, ReloadSignal signal, MirrorStatus status, TimeProvider time,
    ILogger<LeaseKeeper> logger) : BackgroundService
{
    private readonly StateChange _redis = new(time);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await lease.ReleaseAsync(cancellationToken);
        }
        catch (Exception ex) when (MirrorConnection.IsFailure(ex))
        {
            // It ends by itself.
            LogNotReleased(FailureReason.Of(ex));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(MirrorLease.RenewalInterval, time);
        do
        {
            try
            {
                await HoldAsync(stoppingToken);
            }
            catch (Exception ex) when (!stoppingToken.IsCancellationRequested)
            {
                status.ReportLeaseFailing();
                if (_redis.IsNews(isFailing: true))
                {
                    LogRedisAway(FailureReason.Of(ex));
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task HoldAsync(CancellationToken ct)
    {
        var isNew = await lease.HoldAsync(ct);
        status.ReportLease(isHeld: lease.Token is not null);
        if (_redis.IsNews(isFailing: false))
        {
            LogRedisBack();
        }

        if (isNew)
        {
            LogActive();
            signal.Raise();
        }
        else if (lease.Token is not null && (await writer.ReadCurrentAsync(ct)).Header is null)
        {
            signal.Raise();
        }
    }

    [LoggerMessage(LogLevel.Information, "This Sync is the active one")]
    private partial void LogActive();

    [LoggerMessage(LogLevel.Warning, "The lease was not given back: the next Sync takes over when it ends ({Reason})")]
    private partial void LogNotReleased(string reason);

    [LoggerMessage(LogLevel.Error, "Redis is away: receivers keep their last version ({Reason})")]
    private partial void LogRedisAway(string reason);

    [LoggerMessage(LogLevel.Information, "Redis is back")]
    private partial void LogRedisBack();
}
