using Cybertemp.Mail.Schema;
using Cybertemp.SmtpReceiver.Commit.Pending;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>
/// The messages of one transaction, and what earlier attempts at them mean for the next. Owned by one writer.
/// </summary>
/// <param name="messages">At least one, except in a probe.</param>
/// <param name="lockKey">Every attempt at these messages holds this lock, so that a retry sees how the last one
/// ended.</param>
internal sealed class MessageBatch(IReadOnlyList<PendingMessage> messages, int lockKey)
{
    /// <summary>A part has failed as often as the whole, but most of them for another's fault.</summary>
    private const int MaxInheritedEvidence = 2;

    public IReadOnlyList<PendingMessage> Messages { get; private set; } = messages;

    public int LockKey => lockKey;

    /// <summary>How much speaks for a fault of these messages rather than of PostgreSQL.</summary>
    public int Evidence { get; set; }

    /// <summary>An earlier attempt may have committed: look before writing.</summary>
    public bool InDoubt { get; set; }

    public int RowCount => Messages.Sum(m => m.Rows.Count);

    /// <summary>Writes nothing, but needs all that a write needs.</summary>
    public static MessageBatch Probe() => new([], NewLockKey()) { InDoubt = true };

    public static int NewLockKey() => Random.Shared.Next(AdvisoryLocks.LastFixedKey, int.MaxValue);

    /// <summary>Which inboxes received mail, and when.</summary>
    public IEnumerable<(string Inbox, DateTime ReceivedAt)> Receipts()
    {
        foreach (var message in Messages)
        {
            foreach (var row in message.Rows)
            {
                yield return (row.Inbox, message.ReceivedAt.UtcDateTime);
            }
        }
    }

    /// <summary>Drops those that nobody waits for any more, and says how many.</summary>
    public int RemoveDecided()
    {
        var before = Messages.Count;
        if (Messages.Any(m => m.IsDecided))
        {
            Messages = [.. Messages.Where(m => !m.IsDecided)];
        }

        return before - Messages.Count;
    }

    public (MessageBatch First, MessageBatch Second) Split()
    {
        var middle = Messages.Count / 2;
        return (Part(Messages.Take(middle)), Part(Messages.Skip(middle)));
    }

    private MessageBatch Part(IEnumerable<PendingMessage> part) => new([.. part], lockKey)
    {
        InDoubt = InDoubt,
        Evidence = Math.Min(Evidence, MaxInheritedEvidence),
    };
}
