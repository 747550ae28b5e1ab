using System.Threading.Channels;
using Cybertemp.Mail.Announcements;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>
/// What was committed and not yet announced. Adding never waits: when nobody takes them fast enough the oldest are
/// forgotten, since their readers look for themselves soon. Holds no content of mail. Thread-safe.
/// </summary>
internal sealed class CommitNews
{
    private const int MaxBatches = 256;

    private readonly Channel<AnnouncedMessage[]> _batches;
    private volatile bool _isWanted;

    public CommitNews() => _batches = Channel.CreateBounded<AnnouncedMessage[]>(
        new BoundedChannelOptions(MaxBatches) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        batch => Dropped?.Invoke(batch.Length));

    /// <summary>Told how many messages were forgotten.</summary>
    public Action<int>? Dropped { get; set; }

    /// <summary>One array a batch. Whoever reads it has called <see cref="Want"/>.</summary>
    public ChannelReader<AnnouncedMessage[]> Batches => _batches.Reader;

    /// <summary>From now on there is a reader.</summary>
    public void Want() => _isWanted = true;

    public void Add(MessageBatch batch)
    {
        if (!_isWanted || batch.Messages.Count == 0)
        {
            return;
        }

        var news = new AnnouncedMessage[batch.RowCount];
        var next = 0;
        foreach (var message in batch.Messages)
        {
            foreach (var row in message.Rows)
            {
                news[next++] = new AnnouncedMessage(
                    row.Inbox, row.Id, message.Message.Uid, message.ReceivedAt.UtcDateTime);
            }
        }

        _batches.Writer.TryWrite(news);
    }
}
