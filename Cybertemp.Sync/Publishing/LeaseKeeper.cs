using Cybertemp.Sync.Mirror;
using Cybertemp.Sync.Sources;

namespace Cybertemp.Sync.Publishing;

/// <summary>
/// Renews the lease, or waits for its turn. Has everything mirrored anew when the lease is ours now, or when Redis has
/// lost what was in force.
/// </summary>
internal sealed partial class LeaseKeeper(
    MirrorLease lease, MirrorWriter writer, ReloadSignal signal, MirrorStatus status, TimeProvider time, ILogger<LeaseKeeper> logger) : BackgroundService
{
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
            LogNotReleased(ex);
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
                if (status.ReportLeaseFailing())
                {
                    LogRedisAway(ex);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task HoldAsync(CancellationToken ct)
    {
        var isNew = await lease.HoldAsync(ct);
        status.ReportLease(isHeld: lease.Token is not null);
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

    [LoggerMessage(LogLevel.Warning, "The lease was not given back: the next Sync takes over when it ends")]
    private partial void LogNotReleased(Exception exception);

    [LoggerMessage(LogLevel.Error, "Redis is away: receivers keep their last version")]
    private partial void LogRedisAway(Exception exception);
}
