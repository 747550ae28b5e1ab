using System.Diagnostics;
using Cybertemp.Mail.Schema;

namespace Cybertemp.SmtpReceiver.Commit.Pending;

/// <summary>
/// A message between admission and outcome. Keys and the received time are decided here, once, so that every attempt
/// to store it is an attempt to store the same rows.
/// </summary>
internal sealed class PendingMessage
{
    /// <summary>The deadline of a message whose sender has had the 250.</summary>
    public const long Acknowledged = long.MaxValue;

    private readonly TaskCompletionSource<WriteOutcome> _outcome = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingMessage(StoredMessage message, DateTimeOffset receivedAt, long deadline)
    {
        Message = message;
        ReceivedAt = receivedAt;
        Deadline = deadline;
        Rows = message.Recipients.Count == 1
            ? [Row(message.Recipients[0])]
            : [.. message.Recipients.DistinctBy(r => r.Inbox, StringComparer.Ordinal).Select(Row)];
        var content = message.Content;
        Bytes = message.Raw.Length
            + (2L * (content.Text.Length + content.Html.Length + content.Headers.Length + content.Attachments.Length));
    }

    public StoredMessage Message { get; }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>In ticks of the time provider, or <see cref="Acknowledged"/>.</summary>
    public long Deadline { get; }

    /// <summary>Refusing it is no longer possible.</summary>
    public bool IsAcknowledged => Deadline == Acknowledged;

    public IReadOnlyList<PendingRow> Rows { get; }

    /// <summary>What it holds in memory, nearly.</summary>
    public long Bytes { get; }

    /// <summary>The span that waits for the outcome, to be linked to the batch's; null when nobody listens.</summary>
    public Activity? Span { get; } = Activity.Current;

    public Task<WriteOutcome> Outcome => _outcome.Task;

    /// <summary>Its place in the queue, or null once a writer has it. Guarded by the queue's lock.</summary>
    public LinkedListNode<PendingMessage>? Place { get; set; }

    /// <summary>Nobody waits for the outcome any more.</summary>
    public bool IsDecided => _outcome.Task.IsCompleted;

    /// <summary>False when it was decided before.</summary>
    public bool TryDecide(WriteOutcome outcome) => _outcome.TrySetResult(outcome);

    private PendingRow Row(StoredRecipient recipient) =>
        new(EmailId.Create(ReceivedAt), recipient.Inbox, recipient.IsReserved);
}
