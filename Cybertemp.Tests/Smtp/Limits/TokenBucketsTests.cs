using System.Net;
using Cybertemp.Mail.Clients;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Cybertemp.SmtpReceiver.Smtp.Listening;

namespace Cybertemp.Tests.Smtp.Limits;

public sealed class TokenBucketsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Allows_a_minutes_worth_at_once_and_then_the_rate()
    {
        var limiter = new TokenBuckets<string>(60, _time);
        Assert.Equal(60, Enumerable.Range(0, 100).Count(_ => limiter.TryTake("a")));
        Assert.True(limiter.TryTake("b"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => limiter.TryTake("a")));
    }

    [Fact]
    public void Remembers_over_generations()
    {
        var limiter = new TokenBuckets<string>(1, _time);
        Assert.True(limiter.TryTake("a"));
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            Assert.False(limiter.TryTake("a") && i % 2 == 0);
        }
    }

    [Fact]
    public void Zero_is_off() =>
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(new TokenBuckets<string>(0, _time).TryTake("a")));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void One_client_is_an_IPv4_address_or_an_IPv6_64(string one, string other, bool isSame) =>
        Assert.Equal(isSame, ClientKey.Of(IPAddress.Parse(one)) == ClientKey.Of(IPAddress.Parse(other)));

    [Fact]
    public void An_IPv6_site_has_four_times_and_a_provider_twenty_times_what_a_client_has()
    {
        var limits = new ClientLimits(
            new SmtpOptions { MaxSessionsPerClient = 1, MaxConnectionsPerMinutePerClient = 0 }, _time);
        SmtpPeer Peer(int site, int network) =>
            new(IPAddress.Parse($"2001:db8:{site}:{network}::1"), "", IsExempt: false);
        var entered = (from site in Enumerable.Range(0, 8)
                       from network in Enumerable.Range(0, 8)
                       let peer = Peer(site, network)
                       where limits.Enter(peer, out _) is null
                       select peer).ToList();
        Assert.Equal(20, entered.Count);
        Assert.Equal(
            4, entered.Count(static p => p.Address.ToString().StartsWith("2001:db8:1:", StringComparison.Ordinal)));
        Assert.Null(limits.Enter(new(IPAddress.Parse("2001:db9::1"), "", IsExempt: false), out _));
        entered.ForEach(limits.Leave);
        Assert.Null(limits.Enter(Peer(0, 0), out var isFirst));
        Assert.True(isFirst);
    }

    [Fact]
    public void Looking_for_a_token_takes_none()
    {
        var limiter = new TokenBuckets<string>(1, _time);
        Assert.True(limiter.HasToken("a"));
        Assert.True(limiter.TryTake("a"));
        Assert.False(limiter.HasToken("a"));
    }

    [Fact]
    public async Task A_semaphore_serves_in_the_order_of_coming()
    {
        var semaphore = new WeightedSemaphore(limit: 10, maxWaiters: 2, _time);
        Assert.True(semaphore.TryTake(10));
        var first = semaphore.TakeAsync(8, TimeSpan.FromSeconds(5), default).AsTask();
        var second = semaphore.TakeAsync(1, TimeSpan.FromSeconds(9), default).AsTask();
        Assert.False(await semaphore.TakeAsync(1, TimeSpan.FromSeconds(9), default));
        semaphore.Release(7);
        Assert.False(first.IsCompleted || second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await first);
        Assert.True(await second);
        Assert.Equal(4, semaphore.Used);
    }
}
