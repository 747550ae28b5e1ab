using Cybertemp.Mail.Filters;
using Cybertemp.ServiceDefaults;
using Cybertemp.Sync.Sources;
using Microsoft.Extensions.Options;

namespace Cybertemp.Sync.Publishing;

/// <summary>
/// While this Sync holds the lease: reads the sources when they change, and at each poll, and publishes what they say.
/// The only user of the loader and the writer.
/// </summary>
internal sealed partial class MirrorService(
    RuleLoader loader,
    MirrorWriter writer,
    MirrorLease lease,
    ReloadSignal signal,
    MirrorStatus status,
    SyncMetrics metrics,
    IOptions<FiltersOptions> options,
    TimeProvider time,
    ILogger<MirrorService> logger) : BackgroundService
{
    /// <summary>A source or Redis that fails is tried again after this time.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private const int LoadShare = 4;

    private readonly StateChange _publishing = new(time);
    private long _lastPoll;
    private string? _adoptedWith;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var isSignalled = await signal.WaitAsync(NextPoll(), stoppingToken);
            var started = time.GetTimestamp();
            var isPoll = !isSignalled && !status.IsFailing;
            _lastPoll = isPoll ? started : _lastPoll;
            if (lease.Token is { } token)
            {
                await MirrorAsync(token, isPoll, stoppingToken);
            }

            await Task.Delay(Pause(time.GetElapsedTime(started)), time, stoppingToken);
        }
    }

    private TimeSpan NextPoll() => status.IsFailing
        ? RetryInterval
        : TimeSpan.FromTicks(Math.Max(0, (options.Value.PollInterval - time.GetElapsedTime(_lastPoll)).Ticks));

    /// <summary>
    /// A burst of changes is few reads, and reading a long list leaves its source time for other work.
    /// </summary>
    private TimeSpan Pause(TimeSpan lastRead)
    {
        var share = lastRead * LoadShare;
        return share > options.Value.MinReloadInterval
            ? TimeSpan.FromTicks(Math.Min(share.Ticks, RetryInterval.Ticks))
            : options.Value.MinReloadInterval;
    }

    private async Task MirrorAsync(string token, bool isPoll, CancellationToken ct)
    {
        try
        {
            await AdoptOnceAsync(token, ct);
            await loader.LoadAsync(isPoll, ct);
            metrics.Loaded(loader.IsFailing);
            status.Report(loader);
            if (loader.Rules is { } rules)
            {
                Report(await writer.PublishAsync(rules, token, ct), rules);
            }
        }
        catch (Exception ex) when (!ct.IsCancellationRequested)
        {
            Report(ex);
        }
    }

    /// <summary>With each new lease: another Sync may have published meanwhile.</summary>
    private async Task AdoptOnceAsync(string token, CancellationToken ct)
    {
        if (_adoptedWith != token)
        {
            loader.Adopt((await writer.ReadCurrentAsync(ct)).Header is { Domains: > 0 });
            _adoptedWith = token;
        }
    }

    private void Report(PublishOutcome outcome, FilterRules rules)
    {
        metrics.Published(outcome, rules);
        status.ReportPublishing(isFailing: outcome.Result is PublishResult.Superseded);
        if (_publishing.IsNews(isFailing: false))
        {
            LogPublishing();
        }

        switch (outcome.Result)
        {
            case PublishResult.Published:
                LogPublished(outcome.Version, rules.Domains.Count, rules.BanCount);
                break;
            case PublishResult.LeaseLost:
                LogLeaseLost();
                break;
            case PublishResult.Superseded:
                LogSuperseded(outcome.Version);
                break;
            case PublishResult.Unchanged:
                break;
        }
    }

    private void Report(Exception ex)
    {
        status.ReportPublishing(isFailing: true);
        if (_publishing.IsNews(isFailing: true))
        {
            LogNotPublished(FailureReason.Of(ex));
        }
    }

    [LoggerMessage(LogLevel.Information, "Version {Version} is in force: {DomainCount} domains, {BanCount} bans")]
    private partial void LogPublished(long version, int domainCount, int banCount);

    [LoggerMessage(LogLevel.Warning, "Another Sync has taken over: what was read last is not published from here")]
    private partial void LogLeaseLost();

    [LoggerMessage(LogLevel.Warning, "Version {Version} was overtaken or lost before it came into force: trying again")]
    private partial void LogSuperseded(long version);

    [LoggerMessage(LogLevel.Error, "Redis does not take a version: receivers keep their last one ({Reason})")]
    private partial void LogNotPublished(string reason);

    [LoggerMessage(LogLevel.Information, "Redis takes versions again")]
    private partial void LogPublishing();
}
