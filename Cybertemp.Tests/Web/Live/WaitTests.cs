using System.Diagnostics;
using System.Net;
using Cybertemp.Tests.Support;
using Cybertemp.Web.Live.Feeds;
using Microsoft.Extensions.DependencyInjection;

namespace Cybertemp.Tests.Web.Live;

/// <summary>Without Redis: what comes is found by looking.</summary>
public sealed class WaitTests(WebFixture web) : IClassFixture<WebFixture>
{
    private readonly HttpClient _http = web.Web.Client;

    [Fact]
    public async Task Answers_at_once_with_what_is_there()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, "there");
        Assert.Equal(["there"], (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages?wait=60")).Subjects());
    }

    [Fact]
    public async Task Answers_with_what_comes()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, "before");
        var cursor = await web.Mail.NewestIdAsync(inbox);
        var waiting = _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages?wait=60&after={cursor}&subject=WANTED");
        await ListenedToAsync(inbox);
        await web.Mail.DeliverAsync(inbox, "other");
        await web.Mail.DeliverAsync(inbox, "the wanted one");
        Assert.Equal(["the wanted one"], (await waiting).Subjects());
        await Eventually.TrueAsync(() => Feeds.Find(Key(inbox)) is { Count: 0 });
    }

    [Fact]
    public async Task Ends_without_content_when_the_time_is_up()
    {
        var started = Stopwatch.StartNew();
        using var response = await _http.GetAsync($"/v1/inboxes/{web.NewInbox()}/messages?wait=1");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.True(started.Elapsed >= TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Ends_when_the_client_is_gone()
    {
        var inbox = web.NewInbox();
        using var gone = new CancellationTokenSource();
        var waiting = _http.GetAsync(new Uri($"/v1/inboxes/{inbox}/messages?wait=60", UriKind.Relative), gone.Token);
        await ListenedToAsync(inbox);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Eventually.TrueAsync(() => Feeds.Find(Key(inbox)) is { Count: 0 });
    }

    [Fact]
    public async Task Finds_the_newest_code()
    {
        var inbox = web.NewInbox();
        using var none = await _http.GetAsync($"/v1/inboxes/{inbox}/code");
        Assert.Equal(HttpStatusCode.NoContent, none.StatusCode);
        await web.Mail.DeliverAsync(inbox, "Old", "Your verification code is 111222.");
        await web.Mail.DeliverAsync(inbox, "New", "Your verification code is 482913.");
        await web.Mail.DeliverAsync(inbox, "Weather", "It rains.");
        Assert.Equal("482913", (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/code"))["code"]!.GetValue<string>());
        Assert.Equal(
            "111222", (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/code?subject=old"))["code"]!.GetValue<string>());

        var waiting = _http.GetJsonAsync(
            $"/v1/inboxes/{inbox}/code?wait=60&after={await web.Mail.NewestIdAsync(inbox)}");
        await ListenedToAsync(inbox);
        await web.Mail.DeliverAsync(inbox, "More weather", "It snows.");
        await web.Mail.DeliverAsync(inbox, "Again", "Your verification code is 777333.");
        var code = await waiting;
        Assert.Equal("777333", code["code"]!.GetValue<string>());
        Assert.Equal($"{await web.Mail.NewestIdAsync(inbox)}", code["messageId"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("wait=61")]
    [InlineData("wait=3600")]
    [InlineData("wait=-1")]
    [InlineData("wait=1.5")]
    [InlineData("wait=5&before=0198c0de-0000-7000-8000-000000000000")]
    public async Task Refuses_a_wait_that_is_out_of_range(string query)
    {
        foreach (var path in (string[])["messages", "code"])
        {
            using var response = await _http.GetAsync($"/v1/inboxes/box@temp.example/{path}?{query}");
            Assert.Equal("malformed-wait", await response.ProblemAsync(HttpStatusCode.BadRequest));
        }
    }

    [Fact]
    public async Task Ends_at_once_when_the_service_stops()
    {
        await using var stopping = await WebHost.StartAsync(web.Mail.ConnectionString);
        var waiting = stopping.Client.GetAsync("/v1/inboxes/stop@temp.example/messages?wait=60");
        await using var stream = await EventReader.OpenAsync(stopping.Client, "/v1/inboxes/stop@temp.example/events");
        var feeds = stopping.Services.GetRequiredService<LiveFeeds>();
        await Eventually.TrueAsync(() => feeds.Find(Key("stop@temp.example")) is { Count: 2 });
        var stopped = Stopwatch.StartNew();
        await stopping.StopAsync();
        Assert.True(stopped.Elapsed < TimeSpan.FromSeconds(20));
        using var response = await waiting;
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Inboxes_that_nobody_listens_to_any_more_have_a_bound()
    {
        await using var narrow = await WebHost.StartAsync(web.Mail.ConnectionString, "Web:MaxWaits=4");
        var feeds = narrow.Services.GetRequiredService<LiveFeeds>();
        using var held = await feeds.ListenAsync(Key("held@temp.example"), CancellationToken.None);
        for (var i = 0; i < 30; i++)
        {
            (await feeds.ListenAsync(Key($"left{i}@temp.example"), CancellationToken.None)).Dispose();
            Assert.InRange(feeds.All.Count(), 1, 8);
        }

        Assert.Equal(1, feeds.Find(Key("held@temp.example"))?.Count);
    }

    private LiveFeeds Feeds => web.Web.Services.GetRequiredService<LiveFeeds>();

    private static LiveKey Key(string inbox) => new(Cybertemp.Web.Access.ReaderKind.Anyone, inbox);

    private Task ListenedToAsync(string inbox) =>
        Eventually.TrueAsync(() => Feeds.Find(Key(inbox))?.Primed is { IsCompletedSuccessfully: true });
}
