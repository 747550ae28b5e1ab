using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Refusals;
using Cybertemp.ServiceDefaults;
using Cybertemp.SmtpReceiver.Smtp;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Announcing;

/// <summary>
/// Puts refusals where operators find them. What cannot be put there is forgotten: the log has it too.
/// </summary>
internal sealed partial class RefusalTeller(
    RefusalNews news, RefusalRing ring, IOptions<RefusalOptions> options, IOptions<SmtpOptions> smtp, TimeProvider time,
    ILogger<RefusalTeller> logger)
    : BackgroundService
{
    private const int MaxAtOnce = 200;

    private static readonly TimeSpan AppendTimeout = TimeSpan.FromSeconds(5);

    // Between two batches: a flood of refusals costs Redis so many a second and no more.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly StateChange _state = new(time);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MaxKept > 0)
        {
            news.Want();
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var refusals = new List<Refusal>();
        while (await news.Refusals.WaitToReadAsync(stoppingToken))
        {
            refusals.Clear();
            while (refusals.Count < MaxAtOnce && news.Refusals.TryRead(out var refusal))
            {
                refusals.Add(refusal with { Receiver = smtp.Value.HostName });
            }

            await AppendAsync(refusals, stoppingToken);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task AppendAsync(List<Refusal> refusals, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(AppendTimeout);
        var (maxKept, retention) = (options.Value.MaxKept, options.Value.Retention);
        try
        {
            await ring.AppendAsync(refusals, maxKept, time.GetUtcNow() - retention, retention, timeout.Token);
            if (_state.IsNews(isFailing: false))
            {
                LogTelling();
            }
        }
        catch (Exception ex) when (
            !ct.IsCancellationRequested && (ex is OperationCanceledException || MirrorConnection.IsFailure(ex)))
        {
            if (_state.IsNews(isFailing: true))
            {
                LogFailing(FailureReason.Of(ex));
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Refusals cannot be looked up in the web inbox, only in the log: {Reason}")]
    private partial void LogFailing(string reason);

    [LoggerMessage(LogLevel.Information, "Refusals can be looked up in the web inbox again")]
    private partial void LogTelling();
}
