using Cybertemp.ServiceDefaults;
using Cybertemp.Web.Live;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.Web.Webhooks.Delivery;

/// <summary>
/// Starts a <see cref="WebhookRun"/> for each webhook that something is due for and none works on: as soon as mail is
/// announced, and at each look. What one webhook takes is taken from no other.
/// </summary>
internal sealed partial class WebhookDispatcher(
    WebhookStore store, WebhookTargets targets, WebhookRun run, NewMailSignal signal, IOptions<WebhookOptions> options,
    TimeProvider time, ILogger<WebhookDispatcher> logger)
    : BackgroundService
{
    /// <summary>Between two looks, without an announcement.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two looks, however much is announced.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>So long a new webhook may wait, and a removed one is still told of what is due.</summary>
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(2);

    private readonly StateChange _state = new(time);
    private long? _refreshedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.Deliver && !stoppingToken.IsCancellationRequested)
        {
            await TryLookAsync(stoppingToken);
            await Task.Delay(MinInterval, time, stoppingToken);
            await signal.WaitAsync(targets.IsEmpty ? RefreshInterval : Interval, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await targets.UntilIdleAsync(cancellationToken);
    }

    private async Task TryLookAsync(CancellationToken ct)
    {
        try
        {
            await LookAsync(ct);
            if (_state.IsNews(isFailing: false))
            {
                LogTelling();
            }
        }
        catch (Exception ex) when (ex is NpgsqlException or TimeoutException)
        {
            if (_state.IsNews(isFailing: true))
            {
                LogNotTelling(FailureReason.Of(ex));
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        if (_refreshedAt is not { } at || time.GetElapsedTime(at) >= RefreshInterval)
        {
            targets.Refresh(await store.ReadAsync(ct));
            _refreshedAt = time.GetTimestamp();
        }

        if (targets.Ready() is { Length: > 0 } ready)
        {
            foreach (var id in await store.FindDueAsync(ready, ct))
            {
                targets.Start(id, target => run.RunAsync(target, ct));
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Webhooks cannot be told: {Reason}")]
    private partial void LogNotTelling(string reason);

    [LoggerMessage(LogLevel.Information, "Webhooks are told again")]
    private partial void LogTelling();
}
