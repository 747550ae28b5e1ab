using System.Diagnostics.CodeAnalysis;
using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Commit.Telemetry;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Maintenance;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>
/// Brings messages to an outcome: tries again while PostgreSQL is away, cuts a batch that fails while others do not in
/// halves until the message at fault stands alone, and puts what can never be a row into quarantine. Never throws.
/// Thread-safe.
/// </summary>
internal sealed partial class BatchCommitter(
    IMessageStore store,
    StorageAvailability availability,
    LastReceived lastReceived,
    CommitNews news,
    CommitMetrics metrics,
    TimeProvider timeProvider,
    ILogger<BatchCommitter> logger)
{
    // From here on a failure is one to wait for, or the message's own.
    private const int QuickAttempts = 3;

    // Cutting costs little and may be wrong; a lone message is given up only when chance can hardly be the reason.
    private const int EvidenceToSplit = 4;
    private const int EvidenceToEnd = 6;
    private const int BrokenConnection = 2;
    private const int ReportedError = 1;

    /// <summary>Completes when every message has an outcome or nobody waits for one.</summary>
    /// <param name="messages">Taken from the queue.</param>
    /// <param name="giveUp">The process must end: what is not stored now is Unavailable.</param>
    public async Task CommitAsync(IReadOnlyList<PendingMessage> messages, CancellationToken giveUp)
    {
        // In line, not on a stack: what can be stored is stored before the part at fault is tried again.
        var parts = new Queue<MessageBatch>();
        parts.Enqueue(new MessageBatch(messages, MessageBatch.NewLockKey()));
        while (parts.TryDequeue(out var part))
        {
            await CommitPartAsync(part, parts, giveUp);
        }
    }

    /// <summary>Finds out whether PostgreSQL takes writes; null when it does.</summary>
    public Task<StorageFailure?> ProbeAsync() => AttemptAsync(() => store.InsertAsync(MessageBatch.Probe()));

    /// <summary>
    /// Lets a connection meet the statements before the first message does; then as <see cref="ProbeAsync"/>.
    /// </summary>
    public async Task<StorageFailure?> WarmUpAsync() =>
        await AttemptAsync(() => store.InsertAsync(new MessageBatch([], MessageBatch.NewLockKey())))
            ?? await ProbeAsync();

    private async Task CommitPartAsync(MessageBatch part, Queue<MessageBatch> parts, CancellationToken giveUp)
    {
        var backoff = new Backoff(timeProvider);
        for (var attempts = 1; IsWaitedFor(part); attempts++)
        {
            if (await InsertAsync(part) is not { } failure)
            {
                lastReceived.Note(part.Receipts());
                Decide(part, WriteOutcome.Committed, mayBeStored: true);
                news.Add(part);
                return;
            }

            var isOwnFault = failure.Kind is StorageFailureKind.Poison
                || await IsSuspectAsync(part, failure, backoff, giveUp);
            if (isOwnFault && part.Messages.Count > 1)
            {
                var (first, second) = part.Split();
                parts.Enqueue(first);
                parts.Enqueue(second);
                return;
            }

            if (giveUp.IsCancellationRequested)
            {
                Decide(part, WriteOutcome.Unavailable, mayBeStored: true);
                return;
            }

            if (isOwnFault && await TryEndAsync(part.Messages[0], failure) is { } outcome)
            {
                Decide(part, outcome, mayBeStored: outcome is WriteOutcome.Committed || !failure.IsReported);
                return;
            }

            if (!await TryRemedyAsync(failure, part) || attempts >= QuickAttempts)
            {
                await backoff.WaitAsync(giveUp);
            }
        }
    }

    private bool IsWaitedFor(MessageBatch part)
    {
        var removed = part.RemoveDecided();
        if (part.InDoubt && removed > 0)
        {
            metrics.MessagesInDoubt(removed);
        }

        return part.Messages.Count > 0;
    }

    /// <summary>
    /// What PostgreSQL refuses again and again while it takes other writes, or what breaks the connection each time,
    /// must not keep other mail waiting. Completes when others can be written, which after a crash takes a while.
    /// </summary>
    private async Task<bool> IsSuspectAsync(
        MessageBatch part, StorageFailure failure, Backoff backoff, CancellationToken giveUp)
    {
        if (failure is not { Kind: StorageFailureKind.Outage, IsUnreached: false })
        {
            return false;
        }

        while (await ProbeAsync() is not null)
        {
            if (giveUp.IsCancellationRequested || part.Messages.All(m => m.IsDecided))
            {
                return false;
            }

            await backoff.WaitAsync(giveUp);
        }

        // One probe may meet the moment of recovery: only a series of them is evidence.
        part.Evidence += failure.IsReported ? ReportedError : BrokenConnection;
        return part.Evidence >= (part.Messages.Count > 1 ? EvidenceToSplit : EvidenceToEnd);
    }

    /// <summary>
    /// Poison goes to quarantine, and so does what its sender no longer has; what else fails alone is refused for now,
    /// never for good. Null when it has to be tried again.
    /// </summary>
    private async Task<WriteOutcome?> TryEndAsync(PendingMessage message, StorageFailure failure)
    {
        if (failure.Kind is not StorageFailureKind.Poison && !message.IsAcknowledged)
        {
            LogRefused(message.Message.Uid, failure.SqlState);
            return WriteOutcome.Unavailable;
        }

        if (await AttemptAsync(() => store.QuarantineAsync(message, failure)) is not null)
        {
            return null;
        }

        metrics.MessageQuarantined();
        LogQuarantined(message.Message.Uid, failure.SqlState);
        return WriteOutcome.Committed;
    }

    /// <summary>True when the cause is gone and the same can be tried at once.</summary>
    private async Task<bool> TryRemedyAsync(StorageFailure failure, MessageBatch part) => failure.Kind switch
    {
        StorageFailureKind.MissingDay => await AttemptAsync(() => store.AddMissingDaysAsync(part)) is null,
        StorageFailureKind.LostStatement => true,
        StorageFailureKind.Outage or StorageFailureKind.Poison => false,
    };

    private async Task<StorageFailure?> InsertAsync(MessageBatch part)
    {
        var started = timeProvider.GetTimestamp();
        var span = CommitTrace.StartCommit(part);
        var failure = await AttemptAsync(() => store.InsertAsync(part), isOfOneBatch: true);
        CommitTrace.StopCommit(span, part, failure);
        metrics.BatchAttempted(part.Messages.Count, timeProvider.GetElapsedTime(started), failure?.SqlState);
        if (failure is not null)
        {
            // Even an error that the server reports can come after the commit (57P01 while waiting for a standby).
            part.InDoubt = true;
        }

        return failure;
    }

    /// <summary>The one place where storage failures are caught.</summary>
    /// <param name="attempt">Throws what the database says.</param>
    /// <param name="isOfOneBatch">An error that the server reports is no outage before a probe has met it too.</param>
    [SuppressMessage(
        "Design", "CA1031", Justification = "Lack of memory is a failure like others: the writer must outlive it.")]
    private async Task<StorageFailure?> AttemptAsync(Func<Task> attempt, bool isOfOneBatch = false)
    {
        try
        {
            await attempt();
            availability.Succeeded();
            return null;
        }
        catch (Exception ex)
        {
            var failure = StorageFailure.Of(ex);
            if (failure.Kind is StorageFailureKind.Outage
                && (failure is { IsReported: false } or { IsUnreached: true } || !isOfOneBatch))
            {
                availability.Failed(failure);
            }

            return failure;
        }
    }

    /// <summary>
    /// Tells those who wait. Who has been told 451 by now, or is told it while nobody knows, may send again what is
    /// stored.
    /// </summary>
    private void Decide(MessageBatch part, WriteOutcome outcome, bool mayBeStored)
    {
        var toldBefore = part.Messages.Count(m => !m.TryDecide(outcome));
        var inDoubt = outcome is WriteOutcome.Committed ? toldBefore : part.Messages.Count;
        if (mayBeStored && inDoubt > 0)
        {
            metrics.MessagesInDoubt(inDoubt);
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "PostgreSQL takes writes, but not message {MessageUid} (SQLSTATE {SqlState}): it is refused for now")]
    private partial void LogRefused(Guid messageUid, string sqlState);

    [LoggerMessage(
        LogLevel.Error,
        "PostgreSQL cannot hold message {MessageUid} as rows (SQLSTATE {SqlState}): it is in the table quarantine")]
    private partial void LogQuarantined(Guid messageUid, string sqlState);
}
