using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Live;

/// <summary>
/// Receivers commit side by side: what one received earlier may come after what another received later.
/// </summary>
public sealed class LateMailTests(Servers servers) : IAsyncLifetime
{
    private const string Inbox = "box@temp.example";
    private const string Messages = $"/v1/inboxes/{Inbox}/messages";
    private const string Events = $"/v1/inboxes/{Inbox}/events";

    private Mailroom _mail = null!;
    private Mailroom _late = null!;
    private WebHost _web = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        _mail = await Mailroom.OpenAsync(database);

        // As if it had taken half a minute to commit.
        _late = await Mailroom.OpenAsync(database, clock: TimeSpan.FromSeconds(-30));
        _web = await WebHost.StartAsync(database);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _late.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task A_reader_who_waits_is_given_each_message_once_whatever_the_order()
    {
        var told = new List<string>();
        var cursor = await WaitAsync(told, after: null);
        await _mail.DeliverAsync(Inbox, "newer");
        cursor = await WaitAsync(told, cursor);
        await _late.DeliverAsync(Inbox, "older");
        cursor = await WaitAsync(told, cursor);
        await _mail.DeliverAsync(Inbox, "newest");
        await WaitAsync(told, cursor);
        Assert.Equal(["first", "newer", "older", "newest"], told);
    }

    [Fact]
    public async Task What_came_between_two_waits_is_given_to_the_second()
    {
        var cursor = await WaitAsync([], after: null);
        var waiting = WaitAsync([], cursor);
        await _mail.DeliverAsync(Inbox, "newer");
        cursor = await waiting;
        await using (var other = await EventReader.OpenAsync(_web.Client, Events))
        {
            await _late.DeliverAsync(Inbox, "older");
            Assert.Equal("older", await other.NextSubjectAsync());
        }

        var told = new List<string>();
        await WaitAsync(told, cursor);
        Assert.Equal(["older"], told);
    }

    [Fact]
    public async Task A_stream_that_comes_back_is_told_again_what_was_received_shortly_before_its_cursor()
    {
        await _mail.DeliverAsync(Inbox, "newer");
        var cursor = $"{await _mail.NewestIdAsync(Inbox)}";
        await _late.DeliverAsync(Inbox, "older");
        await _mail.DeliverAsync(Inbox, "newest");
        await using var other = await WebHost.StartAsync(_mail.ConnectionString);
        await using var events = await EventReader.OpenAsync(other.Client, Events, lastEventId: cursor);
        Assert.Equal(["older", "newest"], await events.NextSubjectsAsync(2));
    }

    [Fact]
    public async Task A_stream_that_comes_back_to_the_same_process_is_told_what_it_missed_and_no_more()
    {
        await using var other = await EventReader.OpenAsync(_web.Client, Events);
        await _mail.DeliverAsync(Inbox, "before");
        Assert.Equal("before", await other.NextSubjectAsync());
        string cursor;
        await using (var events = await EventReader.OpenAsync(_web.Client, Events))
        {
            await _mail.DeliverAsync(Inbox, "newer");
            cursor = (await events.NextAsync())!["id"]!.GetValue<string>();
        }

        await _late.DeliverAsync(Inbox, "older");
        await _mail.DeliverAsync(Inbox, "newest");
        Assert.Equal(["newer", "older", "newest"], await other.NextSubjectsAsync(3));
        await using var again = await EventReader.OpenAsync(_web.Client, Events, lastEventId: cursor);
        Assert.Equal(["older", "newest"], await again.NextSubjectsAsync(2));
    }

    /// <summary>The cursor of the next wait: the first message of the answer.</summary>
    private async Task<string> WaitAsync(List<string> told, string? after)
    {
        if (after is null)
        {
            await _mail.DeliverAsync(Inbox, "first");
        }

        var page = await _web.Client.GetJsonAsync($"{Messages}?wait=20{(after is null ? "" : $"&after={after}")}");
        told.AddRange(page.Subjects().Reverse());
        return page.Ids()[0];
    }
}
