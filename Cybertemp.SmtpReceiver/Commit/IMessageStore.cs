using Cybertemp.SmtpReceiver.Commit.Pending;

using Cybertemp.SmtpReceiver.Storage;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>Where batches go. Thread-safe; every method throws what the database says.</summary>
internal interface IMessageStore
{
    /// <summary>Completes after the commit is durable.</summary>
    Task InsertAsync(MessageBatch batch);

    /// <summary>Keeps a message that cannot be stored as rows; completes after the commit is durable.</summary>
    Task QuarantineAsync(PendingMessage message, StorageFailure failure);

    /// <summary>Makes the partitions that the batch's received times need.</summary>
    Task AddMissingDaysAsync(MessageBatch batch);
}
