using Cybertemp.SmtpReceiver.Commit.Pending;

namespace Cybertemp.Tests.Commit;

public sealed class PendingQueueTests
{
    private const int MaxBatchBytes = 100 * 1024;
    private const int MaxRows = 200;
    private const int Small = 60 * 1024;
    private const int MoreThanABatch = 200 * 1024;

    private readonly PendingQueue _queue = new(new QueueBudget(100, 10 * 1024 * 1024), MaxBatchBytes);

    [Fact]
    public void A_helper_takes_what_one_batch_cannot_hold()
    {
        var first = Add(Small);
        Assert.Empty(_queue.Take(MaxRows, isHelper: true));

        Add(Small);
        Assert.Equal([first], _queue.Take(MaxRows, isHelper: true));
        Assert.Empty(_queue.Take(MaxRows, isHelper: true));
    }

    [Fact]
    public void A_helper_leaves_what_is_more_than_a_batch_to_the_writer()
    {
        var large = Add(MoreThanABatch);
        var second = Add(Small);
        Add(Small);

        Assert.Empty(_queue.Take(MaxRows, isHelper: true));
        Assert.Equal([large], _queue.Take(MaxRows));
        Assert.Equal([second], _queue.Take(MaxRows, isHelper: true));
    }

    [Fact]
    public async Task A_helper_is_woken_when_there_is_something_for_it()
    {
        var woken = _queue.WaitAsync(isHelper: true).AsTask();
        Add(Small);
        Assert.False(woken.IsCompleted);

        Add(Small);
        Assert.True(await woken);
    }

    [Fact]
    public async Task A_helper_is_woken_when_what_was_more_than_a_batch_is_gone()
    {
        Add(MoreThanABatch);
        Add(Small);
        Add(Small);
        var woken = _queue.WaitAsync(isHelper: true).AsTask();
        Assert.False(woken.IsCompleted);

        _queue.Take(MaxRows);
        Assert.True(await woken);
    }

    [Fact]
    public async Task What_expires_is_no_reason_for_a_helper()
    {
        Add(Small, deadline: 1);
        Add(Small);
        Assert.Single(_queue.RemoveExpired(now: 2));

        Assert.True(await _queue.WaitAsync(isHelper: true));
        Assert.Empty(_queue.Take(MaxRows, isHelper: true));
        _queue.Close();
        Assert.False(await _queue.WaitAsync(isHelper: true));
    }

    private PendingMessage Add(int bytes, long deadline = long.MaxValue)
    {
        var message = new PendingMessage(
            Messages.Of([new("a@t", false)], raw: new byte[bytes]), DateTimeOffset.UnixEpoch, deadline);
        Assert.True(_queue.TryAdd(message));
        return message;
    }
}
