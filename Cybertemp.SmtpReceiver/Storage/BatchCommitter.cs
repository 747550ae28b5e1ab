namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>
/// Brings messages to an outcome: tries again while PostgreSQL is away, cuts a refused batch in halves until the
/// message that cannot be stored stands alone, and puts that one into quarantine. Never throws. Thread-safe.
/// </summary>
internal sealed partial class BatchCommitter(
    IMessageStore store,
    StorageAvailability availability,
    LastReceived lastReceived,
    StorageMetrics metrics,
    TimeProvider timeProvider,
    ILogger<BatchCommitter> logger)
{
    // From here on a failure is one to wait for, or the message's own.
    private const int QuickAttempts = 3;
    private const int Suspicions = 3;

    /// <summary>Completes when every message has an outcome or nobody waits for one.</summary>
    /// <param name="messages">Taken from the queue.</param>
    /// <param name="giveUp">The process must end: what is not stored now is Unavailable.</param>
    public async Task CommitAsync(IReadOnlyList<PendingMessage> messages, CancellationToken giveUp)
    {
        var parts = new Stack<MessageBatch>();
        parts.Push(new MessageBatch(messages, MessageBatch.NewLockKey()));
        while (parts.TryPop(out var part))
        {
            await CommitPartAsync(part, parts, giveUp);
        }
    }

    /// <summary>Finds out whether PostgreSQL takes writes; null when it does.</summary>
    public Task<StorageFailure?> ProbeAsync() => AttemptAsync(() => store.InsertAsync(MessageBatch.Probe()));

    /// <summary>Lets a connection meet the statements before the first message does; then as <see cref="ProbeAsync"/>.</summary>
    public async Task<StorageFailure?> WarmUpAsync() =>
        await AttemptAsync(() => store.InsertAsync(new MessageBatch([], MessageBatch.NewLockKey()))) ?? await ProbeAsync();

    private async Task CommitPartAsync(MessageBatch part, Stack<MessageBatch> parts, CancellationToken giveUp)
    {
        var backoff = new Backoff(timeProvider);
        var suspicions = 0;
        for (var attempts = 1; IsWaitedFor(part); attempts++)
        {
            if (await InsertAsync(part) is not { } failure)
            {
                lastReceived.Note(part);
                Decide(part, WriteOutcome.Committed);
                return;
            }

            // One probe may meet the moment of recovery: only a series of them is evidence.
            suspicions = attempts >= QuickAttempts && await IsSuspectAsync(failure) ? suspicions + 1 : 0;
            var isOwnFault = failure.Kind is StorageFailureKind.Poison || suspicions >= Suspicions;
            if (isOwnFault && part.Messages.Count > 1)
            {
                var (first, second) = part.Split();
                parts.Push(second);
                parts.Push(first);
                return;
            }

            if (giveUp.IsCancellationRequested || (isOwnFault && await TryEndAsync(part.Messages[0], failure)))
            {
                Decide(part, WriteOutcome.Unavailable);
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

    /// <summary>An error that the server keeps giving while it takes other writes must not keep other mail waiting.</summary>
    private async Task<bool> IsSuspectAsync(StorageFailure failure) =>
        failure is { Kind: StorageFailureKind.Outage, IsReported: true } && await ProbeAsync() is null;

    /// <summary>Poison goes to quarantine; what else fails alone is refused for now, never for good.</summary>
    private async Task<bool> TryEndAsync(PendingMessage message, StorageFailure failure)
    {
        if (failure.Kind is not StorageFailureKind.Poison)
        {
            LogRefused(message.Message.Uid, failure.SqlState);
            return true;
        }

        if (await AttemptAsync(() => store.QuarantineAsync(message, failure)) is not null)
        {
            return false;
        }

        metrics.MessageQuarantined();
        LogQuarantined(message.Message.Uid, failure.SqlState);
        message.TryDecide(WriteOutcome.Committed);
        return true;
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
        var span = StorageTracing.StartCommit(part);
        var failure = await AttemptAsync(() => store.InsertAsync(part));
        StorageTracing.StopCommit(span, part, failure);
        metrics.BatchAttempted(part.Messages.Count, timeProvider.GetElapsedTime(started), failure?.SqlState);
        if (failure is not null)
        {
            // Even an error that the server reports can come after the commit (57P01 while waiting for a standby).
            part.InDoubt = true;
        }

        return failure;
    }

    /// <summary>The one place where storage failures are caught.</summary>
    private async Task<StorageFailure?> AttemptAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            availability.Succeeded();
            return null;
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            var failure = StorageFailure.Of(ex);
            if (failure.Kind is StorageFailureKind.Outage)
            {
                availability.Failed(ex);
            }

            return failure;
        }
    }

    private static void Decide(MessageBatch part, WriteOutcome outcome)
    {
        foreach (var message in part.Messages)
        {
            message.TryDecide(outcome);
        }
    }

    [LoggerMessage(LogLevel.Error, "PostgreSQL takes writes, but not message {MessageUid} (SQLSTATE {SqlState}): it is refused for now")]
    private partial void LogRefused(Guid messageUid, string sqlState);

    [LoggerMessage(LogLevel.Error, "PostgreSQL cannot hold message {MessageUid} as rows (SQLSTATE {SqlState}): it is in the table quarantine")]
    private partial void LogQuarantined(Guid messageUid, string sqlState);
}
