using System.Globalization;
using System.Net;

namespace Cybertemp.Tests.Web.Live;

public sealed class EventTests(WebFixture web) : IClassFixture<WebFixture>
{
    private readonly HttpClient _http = web.Web.Client;

    [Fact]
    public async Task Tell_of_each_new_message_and_of_no_old_one()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, "old");
        await using var one = await EventReader.OpenAsync(_http, $"/v1/inboxes/{inbox}/events");
        await using var other = await EventReader.OpenAsync(_http, $"/v1/inboxes/{inbox}/events?subject=second");
        await web.Mail.DeliverAsync(inbox, "first", "Your verification code is 482913.");
        await web.Mail.DeliverAsync(inbox, "second");
        var first = (await one.NextAsync())!;
        Assert.Equal("first", first["subject"]!.GetValue<string>());
        Assert.Equal("482913", first["code"]!.GetValue<string>());
        Assert.Equal("second", await one.NextSubjectAsync());
        Assert.Equal("second", await other.NextSubjectAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Go_on_from_a_cursor_without_gap_or_repetition(bool isHeader)
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, "seen");
        var cursor = $"{await web.Mail.NewestIdAsync(inbox)}";
        for (var i = 0; i < 120; i++)
        {
            await web.Mail.DeliverAsync(inbox, i.ToString(CultureInfo.InvariantCulture));
        }

        await using var events = isHeader
            ? await EventReader.OpenAsync(_http, $"/v1/inboxes/{inbox}/events", lastEventId: cursor)
            : await EventReader.OpenAsync(_http, $"/v1/inboxes/{inbox}/events?after={cursor}");
        var delivering = DeliverAsync(inbox);
        Assert.Equal(
            Enumerable.Range(0, 140).Select(static i => i.ToString(CultureInfo.InvariantCulture)),
            await events.NextSubjectsAsync(140), StringComparer.Ordinal);
        await delivering;
    }

    [Fact]
    public async Task Of_a_private_address_are_silent()
    {
        await web.Mail.MakePrivateAsync("mine@temp.example", "password");
        await using var events = await EventReader.OpenAsync(_http, "/v1/inboxes/mine@temp.example/events");
        await web.Mail.DeliverAsync("mine@temp.example", "private");
        using var code = await _http.GetAsync("/v1/inboxes/mine@temp.example/code?wait=3");
        Assert.Equal(HttpStatusCode.NoContent, code.StatusCode);
        await web.Mail.ScalarAsync("delete from private_email where email = 'mine@temp.example'");
        await web.Mail.DeliverAsync("mine@temp.example", "public");
        Assert.Equal("public", await events.NextSubjectAsync());
    }

    [Theory]
    [InlineData("x", "malformed-cursor")]
    [InlineData("0198c0de-0000-4000-8000-000000000000", "malformed-cursor")]
    public async Task Refuse_a_cursor_that_is_none(string cursor, string problem)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/inboxes/box@temp.example/events");
        request.Headers.Add("Last-Event-ID", cursor);
        using var response = await _http.SendAsync(request);
        Assert.Equal(problem, await response.ProblemAsync(HttpStatusCode.BadRequest));
    }

    private async Task DeliverAsync(string inbox)
    {
        for (var i = 120; i < 140; i++)
        {
            await web.Mail.DeliverAsync(inbox, i.ToString(CultureInfo.InvariantCulture));
        }
    }
}
