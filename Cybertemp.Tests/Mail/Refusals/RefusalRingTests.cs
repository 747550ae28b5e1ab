using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Refusals;
using Cybertemp.Tests.Support;
using StackExchange.Redis;

namespace Cybertemp.Tests.Mail.Refusals;

public sealed class RefusalRingTests : IAsyncLifetime
{
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private RedisServer _redis = null!;
    private ConnectionMultiplexer _connection = null!;
    private RefusalRing _ring = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _connection = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        _ring = new RefusalRing(new MirrorConnection(() => _connection));
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Gives_the_newest_first_over_many_pages()
    {
        await AppendAsync(Enumerable.Range(0, 1_200), maxKept: 10_000);
        Assert.Equal(
            Enumerable.Range(0, 1_200).Reverse().Select(static i => $"REF.{i}"),
            (await FindAsync()).Select(static r => r.Reference), StringComparer.Ordinal);
        Assert.Equal(
            ["REF.1199", "REF.1198"], (await FindAsync(limit: 2)).Select(static r => r.Reference),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Is_bounded_in_number()
    {
        for (var i = 0; i < 5; i++)
        {
            await AppendAsync(Enumerable.Range(i * 200, 200), maxKept: 300);
        }

        var kept = await FindAsync();
        Assert.InRange(kept.Count, 300, 450); // Redis drops whole nodes of 100.
        Assert.Equal("REF.999", kept[0].Reference);
    }

    [Fact]
    public async Task Is_bounded_in_age()
    {
        await AppendAsync(Enumerable.Range(0, 10), maxKept: 1_000);
        await _ring.AppendAsync([Of(10)], 1_000, TimeProvider.System.GetUtcNow() + Day, Day, CancellationToken.None);
        Assert.Empty(await FindAsync());
        await AppendAsync([11], maxKept: 1_000);
        Assert.InRange((await _connection.GetDatabase().KeyTimeToLiveAsync(RefusalRing.Key))!.Value, Day / 2, Day);
    }

    [Fact]
    public async Task Passes_over_what_it_cannot_read()
    {
        await AppendAsync([1], maxKept: 10);
        foreach (var garbage in (string[])["", "null", "{}", "[", "{\"at\":1}"])
        {
            await _connection.GetDatabase().StreamAddAsync(RefusalRing.Key, "refusal", garbage);
        }

        await _connection.GetDatabase().StreamAddAsync(RefusalRing.Key, "another", "field");
        Assert.Equal(Of(1), Assert.Single(await FindAsync()));
    }

    [Theory]
    [InlineData("7q2m9xak.3", true)]
    [InlineData("7Q2M9XAK", true)]
    [InlineData("7Q2M9XA", false)]
    [InlineData("7Q2M9XAK.", false)]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2", false)]
    [InlineData("shop.example", true)]
    [InlineData("Box@", true)]
    [InlineData("mail.shop", true)]
    [InlineData("nobody", false)]
    public void Is_about_its_reference_and_its_parties(string text, bool isAbout) => Assert.Equal(
        isAbout,
        new Refusal(
            default, "7Q2M9XAK.3", "mx", "192.0.2.1", "mail.shop.example", "news@shop.example", "box@temp.example",
            "RCPT", 550, "5.7.1", "unknown_domain", null).IsAbout(text));

    private static Refusal Of(int number) => new(
        new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), $"REF.{number}", "mx.example", "::1", "helo", "a@b",
        "\"\u00e9\"@d", "MAIL", 452, null, "limit", "Smtp:MaxInFlightBytes");

    private Task AppendAsync(IEnumerable<int> numbers, int maxKept) =>
        _ring.AppendAsync([.. numbers.Select(Of)], maxKept, LongAgo, Day, CancellationToken.None);

    private Task<List<Refusal>> FindAsync(int limit = int.MaxValue) =>
        _ring.FindAsync(static _ => true, limit, CancellationToken.None);
}
