using Cybertemp.Web.Access;
using Cybertemp.Web.Live.Feeds;
using Cybertemp.Web.Messages.Answers;
using Microsoft.Extensions.Time.Testing;

namespace Cybertemp.Tests.Web.Live;

public sealed class LiveFeedTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LiveFeed _feed;

    public LiveFeedTests() => _feed = new LiveFeed(new LiveKey(ReaderKind.Anyone, "box@temp.example"), _time);

    [Fact]
    public void It_knows_what_came_since_a_message_and_what_is_newer_and_came_before()
    {
        Arrive(5, 3, 4, 6);
        AssertAround(5, since: [3, 4, 6], early: []);
        AssertAround(3, since: [4, 6], early: [5]);
        AssertAround(4, since: [6], early: [5]);
        AssertAround(6, since: [], early: []);
    }

    [Fact]
    public void What_was_there_at_the_beginning_came_before_all_that_arrived()
    {
        _feed.Know(Id(6));
        Arrive(5, 7);
        AssertAround(6, since: [5, 7], early: []);
        AssertAround(5, since: [7], early: [6]);
    }

    [Fact]
    public void It_knows_what_arrived_since_a_message_that_arrived()
    {
        _feed.Know(Id(6));
        Arrive(5, 3, 4);
        Assert.Equal([Id(3), Id(4)], _feed.ArrivedSince(Id(5))!);
        Assert.Null(_feed.ArrivedSince(Id(6)));
        Assert.Null(_feed.ArrivedSince(Id(2)));
    }

    [Fact]
    public void Of_what_it_does_not_know_it_says_nothing()
    {
        Arrive(5);
        Assert.Null(_feed.Around(Id(4)));
    }

    [Fact]
    public void It_ends_when_nobody_has_listened_for_so_long()
    {
        var listener = _feed.TryJoin()!;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_feed.TryEnd(TimeSpan.FromSeconds(10)));
        listener.Dispose();
        Assert.False(_feed.TryEnd(TimeSpan.FromSeconds(10)));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_feed.TryEnd(TimeSpan.FromSeconds(10)));
        Assert.Null(_feed.TryJoin());
    }

    private void Arrive(params ReadOnlySpan<int> times)
    {
        foreach (var time in times)
        {
            _feed.Deliver(new LiveMessage(new MessageSummary(
                Id(time), Guid.Empty, new MailSender("", ""), "box@temp.example", "", "", default, 0, 0, false, null,
                null)));
        }
    }

    private void AssertAround(int time, int[] since, int[] early)
    {
        var arrivals = _feed.Around(Id(time))!.Value;
        Assert.Equal(since.Select(Id), arrivals.Since);
        Assert.Equal(early.Select(Id).Order(), arrivals.Early.Order());
    }

    private static Guid Id(int time) => new($"0198c0de-000{time}-7000-8000-000000000000");
}
