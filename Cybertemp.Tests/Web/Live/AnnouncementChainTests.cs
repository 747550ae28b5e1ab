using Cybertemp.Mail.Announcements;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Cybertemp.Tests.Web.Live;

/// <summary>
/// From a receiver's commit through Redis to a reader. A clock that stands still never looks by itself.
/// </summary>
public sealed class AnnouncementChainTests(Servers servers) : IAsyncLifetime
{
    private const string Inbox = "box@temp.example";
    private const string Events = $"/v1/inboxes/{Inbox}/events";

    private RedisServer _redis = null!;
    private Mailroom _mail = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync(), _redis.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task New_mail_is_told_without_looking()
    {
        await using var web = await StartAsync(new FakeTimeProvider());
        await using var events = await EventReader.OpenAsync(web.Client, Events);
        var waiting = web.Client.GetJsonAsync($"/v1/inboxes/{Inbox}/messages?wait=60&subject=second");
        await _mail.DeliverAsync(Inbox, "first");
        await _mail.DeliverAsync("other@temp.example", "not ours");
        await _mail.DeliverAsync(Inbox, "second");
        Assert.Equal(["first", "second"], await events.NextSubjectsAsync(2));
        Assert.Equal(["second"], (await waiting).Subjects());
    }

    [Fact]
    public async Task What_nobody_can_read_is_passed_over()
    {
        await using var web = await StartAsync(new FakeTimeProvider());
        await using var events = await EventReader.OpenAsync(web.Client, Events);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        foreach (var garbage in (string[])["", "null", "[{}]", "{", $"[{{\"inbox\":\"{Inbox}\",\"id\":\"x\"}}]"])
        {
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(AnnouncementContract.Channel), garbage);
        }

        // Announced, but nowhere to be found.
        var never = $"[{{\"inbox\":\"{Inbox}\",\"id\":\"{Guid.CreateVersion7()}\"}}]";
        await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(AnnouncementContract.Channel), never);
        await _mail.DeliverAsync(Inbox, "real");
        Assert.Equal("real", await events.NextSubjectAsync());
    }

    [Fact]
    public async Task Mail_of_a_time_without_Redis_is_told_too_and_only_once()
    {
        await using var web = await StartAsync(TimeProvider.System);
        await using var events = await EventReader.OpenAsync(web.Client, Events);
        await _mail.DeliverAsync(Inbox, "before");
        Assert.Equal("before", await events.NextSubjectAsync());

        await _redis.StopAsync("KILL");
        await _mail.DeliverAsync(Inbox, "without");
        Assert.Equal("without", await events.NextSubjectAsync());
        await _redis.RestartAsync();
        var told = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            await _mail.DeliverAsync(Inbox, $"{i}");
            told.Add((await events.NextSubjectAsync())!);
        }

        Assert.Equal(20, told.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_service_that_starts_before_Redis_tells_at_once_when_it_is_there()
    {
        await _redis.StopAsync();
        await using var web = await StartAsync(TimeProvider.System);
        await using var events = await EventReader.OpenAsync(web.Client, Events);
        await _mail.DeliverAsync(Inbox, "without");
        Assert.Equal("without", await events.NextSubjectAsync());
        await _redis.RestartAsync();
        await Eventually.TrueAsync(
            () => web.Log.Lines.Any(static l => l.Contains("at once", StringComparison.Ordinal)));
        await _mail.DeliverAsync(Inbox, "with");
        Assert.Equal("with", await events.NextSubjectAsync());
    }

    [Fact]
    public async Task A_reader_goes_on_at_another_replica()
    {
        string? last;
        await using (var first = await StartAsync(TimeProvider.System))
        {
            await using var events = await EventReader.OpenAsync(first.Client, Events);
            await _mail.DeliverAsync(Inbox, "told");
            last = (await events.NextAsync())!["id"]!.GetValue<string>();
        }

        await _mail.DeliverAsync(Inbox, "missed");
        await using var second = await StartAsync(new FakeTimeProvider());
        await using var again = await EventReader.OpenAsync(second.Client, Events, lastEventId: last);
        await _mail.DeliverAsync(Inbox, "new");
        Assert.Equal(["missed", "new"], await again.NextSubjectsAsync(2));
    }

    /// <summary>As of a receiver that alone is cut off from Redis.</summary>
    [Fact]
    public async Task Mail_that_was_not_announced_is_found_among_much_that_was()
    {
        await using var web = await StartAsync(TimeProvider.System);
        await using var events = await EventReader.OpenAsync(web.Client, Events);
        await using var silent = await Mailroom.OpenAsync(_mail.ConnectionString);
        await silent.DeliverAsync(Inbox, "silent");
        for (var i = 0; i < 25; i++)
        {
            await _mail.DeliverAsync(Inbox, $"{i}");
        }

        Assert.Contains("silent", await events.NextSubjectsAsync(26), StringComparer.Ordinal);
    }

    /// <summary>A receiver that cannot announce commits as fast as one that can.</summary>
    [Fact]
    public async Task A_receiver_without_its_Redis_takes_mail()
    {
        await _redis.StopAsync();
        await using var receiver = await Mailroom.OpenAsync(_mail.ConnectionString, _redis.ConnectionString);
        for (var i = 0; i < 500; i++)
        {
            await receiver.DeliverAsync(Inbox, $"{i}");
        }

        Assert.Equal(500L, await receiver.ScalarAsync("select count(*) from emails"));
    }

    private Task<WebHost> StartAsync(TimeProvider time) => WebHost.StartAsync(
        _mail.ConnectionString, time, $"ConnectionStrings:redis={_redis.ConnectionString}");
}
