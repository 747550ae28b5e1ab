using System.Net;
using Cybertemp.SmtpReceiver.Smtp;

namespace Cybertemp.Tests.Smtp;

public sealed class RateLimiterTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Allows_a_minutes_worth_at_once_and_then_the_rate()
    {
        var limiter = new RateLimiter<string>(60, _time);
        Assert.Equal(60, Enumerable.Range(0, 100).Count(_ => limiter.TryTake("a")));
        Assert.True(limiter.TryTake("b"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => limiter.TryTake("a")));
    }

    [Fact]
    public void Remembers_over_generations()
    {
        var limiter = new RateLimiter<string>(1, _time);
        Assert.True(limiter.TryTake("a"));
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            Assert.False(limiter.TryTake("a") && i % 2 == 0);
        }
    }

    [Fact]
    public void Zero_is_off() => Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(new RateLimiter<string>(0, _time).TryTake("a")));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void One_client_is_an_IPv4_address_or_an_IPv6_64(string one, string other, bool isSame) =>
        Assert.Equal(isSame, ClientKey.Of(IPAddress.Parse(one)) == ClientKey.Of(IPAddress.Parse(other)));

    [Fact]
    public async Task A_quota_serves_in_the_order_of_coming()
    {
        var quota = new Quota(limit: 10, maxWaiters: 2, _time);
        Assert.True(quota.TryTake(10));
        var first = quota.TakeAsync(8, TimeSpan.FromSeconds(5), default).AsTask();
        var second = quota.TakeAsync(1, TimeSpan.FromSeconds(9), default).AsTask();
        Assert.False(await quota.TakeAsync(1, TimeSpan.FromSeconds(9), default));
        quota.Release(7);
        Assert.False(first.IsCompleted || second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await first);
        Assert.True(await second);
        Assert.Equal(4, quota.Used);
    }
}
