using System.Collections.Concurrent;
using Cybertemp.ServiceDefaults;
using Cybertemp.Web.Messages.Answers;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cybertemp.Web.Webhooks.Delivery;

/// <summary>
/// Tells one webhook all that is due, a batch after the other: claimed, read, sent, and what became of it stored. A
/// batch that fails is not gone on with. Thread-safe.
/// </summary>
internal sealed partial class WebhookRun(
    WebhookStore store, WebhookSender sender, WebhookMetrics metrics, IOptions<WebhookOptions> options,
    TimeProvider time, ILogger<WebhookRun> logger)
{
    private const int BatchSize = 64;

    private static readonly TimeSpan CompleteTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Completes when nothing is due, the webhook fails, or <paramref name="ct"/> wants an end.</summary>
    public async Task RunAsync(WebhookTarget target, CancellationToken ct)
    {
        try
        {
            var isMore = true;
            while (isMore && !target.IsPaused && !ct.IsCancellationRequested)
            {
                isMore = await RunBatchAsync(target, ct);
            }
        }
        catch (Exception ex) when (ex is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // What was claimed is due again after its lease.
            LogInterrupted(target.Webhook.Id, FailureReason.Of(ex));
        }
    }

    /// <summary>False when nothing was due.</summary>
    private async Task<bool> RunBatchAsync(WebhookTarget target, CancellationToken ct)
    {
        var due = await store.ClaimAsync(target.Webhook.Id, target.Failures > 0 ? 1 : BatchSize, ct);
        if (due.Count == 0)
        {
            return false;
        }

        var summaries = await store.ReadMailAsync(due, ct);
        var attempts = new ConcurrentBag<Attempt>();
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxRequestsAtOnce },
            async (message, _) => attempts.Add(await AttemptAsync(target, message, summaries, ct)));

        // Also when the process stops: what was told is not to be told again.
        using var timeout = new CancellationTokenSource(CompleteTimeout, time);
        metrics.GivenUp(await store.CompleteAsync(target.Webhook.Id, [.. attempts], timeout.Token));
        return true;
    }

    private async Task<Attempt> AttemptAsync(
        WebhookTarget target, DueMessage message, Dictionary<Guid, MessageSummary> summaries, CancellationToken ct)
    {
        if (!summaries.TryGetValue(message.EmailId, out var summary))
        {
            return Attempt.Gone(message);
        }

        if (ct.IsCancellationRequested || (target.IsPaused && target.Failures > 0))
        {
            return Attempt.Released(message);
        }

        metrics.Started();
        var attempt = await sender.SendAsync(target.Webhook, message, summary, CancellationToken.None);
        metrics.Ended(attempt, time.GetUtcNow().UtcDateTime - summary.ReceivedAt);
        Note(target, attempt);
        return attempt;
    }

    private void Note(WebhookTarget target, Attempt attempt)
    {
        if (attempt.Outcome is AttemptOutcome.Delivered)
        {
            if (target.Succeeded())
            {
                LogRecovered(target.Webhook.Id);
            }
        }
        else if (target.Failed())
        {
            LogFailing(target.Webhook.Id, attempt.Error, attempt.Status);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Webhook {Webhook} fails: {Error} (status {Status}); it is tried again")]
    private partial void LogFailing(Guid webhook, string error, int? status);

    [LoggerMessage(LogLevel.Information, "Webhook {Webhook} takes messages again")]
    private partial void LogRecovered(Guid webhook);

    [LoggerMessage(LogLevel.Debug, "Telling webhook {Webhook} was interrupted: {Reason}")]
    private partial void LogInterrupted(Guid webhook, string reason);
}
