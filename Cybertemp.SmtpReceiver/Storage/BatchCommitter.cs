namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>
/// Brings messages to an outcome: tries again while PostgreSQL is away, cuts a refused batch in halves until the
/// message that cannot be stored stands alone, and puts that one into quarantine. Never throws. Thread-safe.
/// </summary>
internal sealed partial class BatchCommitter(
    IMessageStore store,
    StorageAvailability availability,
    StorageMetrics metrics,
    TimeProvider timeProvider,
    ILogger<BatchCommitter> logger)
{
    // A cause that was removed and is there again is one to wait for.
    private const int QuickAttempts = 3;

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

    /// <summary>Finds out whether PostgreSQL takes writes.</summary>
    public Task ProbeAsync() => AttemptAsync(() => store.InsertAsync(MessageBatch.Probe()));

    private async Task CommitPartAsync(MessageBatch part, Stack<MessageBatch> parts, CancellationToken giveUp)
    {
        var backoff = new Backoff(timeProvider);
        for (var attempts = 1; ; attempts++)
        {
            part.RemoveDecided();
            if (part.Messages.Count == 0)
            {
                return;
            }

            var failure = await InsertAsync(part);
            if (failure is { Kind: StorageFailureKind.Poison } && part.Messages.Count > 1)
            {
                var (first, second) = part.Split();
                parts.Push(second);
                parts.Push(first);
                return;
            }

            var remaining = failure is null ? null : await OvercomeAsync(failure, part);
            if (failure is null || (failure.Kind is StorageFailureKind.Poison && remaining is null))
            {
                Decide(part, WriteOutcome.Committed);
                return;
            }

            if (giveUp.IsCancellationRequested)
            {
                Decide(part, WriteOutcome.Unavailable);
                return;
            }

            if (remaining is not null || attempts >= QuickAttempts)
            {
                await backoff.WaitAsync(giveUp);
            }
        }
    }

    private async Task<StorageFailure?> InsertAsync(MessageBatch part)
    {
        var started = timeProvider.GetTimestamp();
        var failure = await AttemptAsync(() => store.InsertAsync(part));
        metrics.BatchAttempted(part.Messages.Count, timeProvider.GetElapsedTime(started), failure?.SqlState);
        if (failure is not null)
        {
            // Even an error that the server reports can come after the commit (57P01 while waiting for a standby).
            part.InDoubt = true;
        }

        return failure;
    }

    /// <summary>Null when the cause is gone: try again at once, or, after poison, nothing is left to do.</summary>
    private Task<StorageFailure?> OvercomeAsync(StorageFailure failure, MessageBatch part) => failure.Kind switch
    {
        StorageFailureKind.Outage => Task.FromResult<StorageFailure?>(failure),
        StorageFailureKind.LostStatement => Task.FromResult<StorageFailure?>(null),
        StorageFailureKind.MissingDay => AttemptAsync(() => store.AddMissingDaysAsync(part)),
        StorageFailureKind.Poison => QuarantineAsync(part.Messages[0], failure),
    };

    private async Task<StorageFailure?> QuarantineAsync(PendingMessage message, StorageFailure failure)
    {
        var remaining = await AttemptAsync(() => store.QuarantineAsync(message, failure));
        if (remaining is null)
        {
            metrics.MessageQuarantined();
            LogQuarantined(message.Message.Uid, failure.SqlState);
        }

        return remaining;
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

    [LoggerMessage(LogLevel.Error, "PostgreSQL cannot hold message {MessageUid} as rows (SQLSTATE {SqlState}): it is in the table quarantine")]
    private partial void LogQuarantined(Guid messageUid, string sqlState);
}
