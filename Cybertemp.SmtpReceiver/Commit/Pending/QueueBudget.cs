namespace Cybertemp.SmtpReceiver.Commit.Pending;

/// <summary>
/// What all queues may hold together. A message counts from admission until its writer is done with it, so the bounds
/// are bounds on memory. Thread-safe.
/// </summary>
/// <param name="maxMessages">At least 1.</param>
/// <param name="maxBytes">Passed only by a message that has its queue for itself.</param>
internal sealed class QueueBudget(int maxMessages, long maxBytes)
{
    private readonly Lock _lock = new();
    private int _messages;
    private long _bytes;

    public int Messages => Volatile.Read(ref _messages);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>False when either bound would be passed; nothing is taken then.</summary>
    /// <param name="bytes">Of one message.</param>
    /// <param name="part">The part of the bytes, 0 to 1, that the queue may see in use.</param>
    /// <param name="isAlone">The queue holds nothing else: a message larger than the bound can still pass.</param>
    public bool TryTake(long bytes, double part, bool isAlone)
    {
        lock (_lock)
        {
            if (_messages >= maxMessages || (!isAlone && _bytes + bytes > maxBytes * part))
            {
                return false;
            }

            _messages++;
            _bytes += bytes;
            return true;
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(int messages, long bytes)
    {
        lock (_lock)
        {
            _messages -= messages;
            _bytes -= bytes;
        }
    }
}
