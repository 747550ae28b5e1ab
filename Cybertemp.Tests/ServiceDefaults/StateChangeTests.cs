using Cybertemp.ServiceDefaults;
using Microsoft.Extensions.Time.Testing;

namespace Cybertemp.Tests.ServiceDefaults;

public sealed class StateChangeTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_change_is_news_once_and_only_after_it_has_held()
    {
        var state = new StateChange(_time);
        Assert.False(state.IsNews(isFailing: true));
        _time.Advance(StateChange.Hold - Moment);
        Assert.False(state.IsNews(isFailing: true));
        Assert.False(state.IsSettled);
        _time.Advance(Moment);
        Assert.True(state.IsNews(isFailing: true));
        Assert.True(state.IsSettled);
        _time.Advance(StateChange.Hold);
        Assert.False(state.IsNews(isFailing: true));
    }

    [Fact]
    public void What_comes_and_goes_is_no_news()
    {
        var state = new StateChange(_time);
        for (var i = 0; i < 100; i++)
        {
            Assert.False(state.IsNews(isFailing: i % 2 == 0));
            _time.Advance(StateChange.Hold - Moment);
        }
    }

    [Fact]
    public void Each_news_of_failing_is_followed_by_one_of_working()
    {
        var (state, news) = (new StateChange(_time), new List<bool>());
        foreach (var isFailing in (bool[])[false, true, true, false, true, true, false, false, false, true, true])
        {
            if (state.IsNews(isFailing))
            {
                news.Add(isFailing);
            }

            _time.Advance(StateChange.Hold);
        }

        Assert.Equal([true, false, true], news);
    }
}
