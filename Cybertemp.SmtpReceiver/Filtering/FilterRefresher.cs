using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>
/// Keeps the snapshot current: on each announcement, after a reconnect and at each poll. Whatever fails, the last good
/// snapshot stays in force.
/// </summary>
internal sealed partial class FilterRefresher(
    MirrorReader reader,
    FilterSource source,
    FilteringMetrics metrics,
    IOptions<FilteringOptions> options,
    TimeProvider time,
    ILogger<FilterRefresher> logger) : BackgroundService
{
    /// <summary>After a failure, and until there is a first version.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly StateChange _state = new(time);
    private bool _isSubscribed;

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var isCurrent = await TryRefreshAsync(stoppingToken);
            await _changed.WaitAsync(
                isCurrent && _state.IsSettled ? options.Value.PollInterval : RetryInterval, stoppingToken);
        }
    }

    private async Task<bool> TryRefreshAsync(CancellationToken ct)
    {
        try
        {
            await SubscribeOnceAsync(ct);
            return await RefreshAsync(ct);
        }
        catch (Exception ex) when (!ct.IsCancellationRequested)
        {
            // Whatever it is, the snapshot in force stays good.
            metrics.RefreshFailed(ex);
            if (_state.IsNews(isFailing: true))
            {
                LogFailing(source.Current?.Version ?? 0, FailureReason.Of(ex));
            }

            return false;
        }
    }

    /// <summary>Before the first read, so that no announcement falls in between.</summary>
    private async Task SubscribeOnceAsync(CancellationToken ct)
    {
        if (!_isSubscribed)
        {
            await reader.SubscribeAsync(Signal, ct);
            _isSubscribed = true;
        }
    }

    private async Task<bool> RefreshAsync(CancellationToken ct)
    {
        var version = await reader.ReadCurrentVersionAsync(ct);
        if (version == 0)
        {
            return false;
        }

        // Difference, not order: a rebuilt Redis may start from another clock.
        if (version != source.Current?.Version)
        {
            var started = time.GetTimestamp();
            source.Swap(new FilterSnapshot(version, await reader.ReadAsync(version, ct), source.Current));
            LogSwapped(
                version, source.Current!.DomainCount, source.Current.BanCount,
                time.GetElapsedTime(started).TotalMilliseconds);
        }

        metrics.Refreshed();
        if (_state.IsNews(isFailing: false))
        {
            LogRefreshing();
        }

        return true;
    }

    private void Signal()
    {
        if (_changed.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _changed.Release();
        }
        catch (Exception ex) when (ex is SemaphoreFullException or ObjectDisposedException)
        {
            // Signalled already, or stopping.
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Filter version {Version}: {DomainCount} domains, {BanCount} bans, loaded in {Milliseconds:0} ms")]
    private partial void LogSwapped(long version, int domainCount, int banCount, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "The filters cannot be refreshed: version {Version} stays in force ({Reason})")]
    private partial void LogFailing(long version, string reason);

    [LoggerMessage(LogLevel.Information, "The filters are refreshed again")]
    private partial void LogRefreshing();
}
