using System.Net;
using System.Text.Json.Nodes;

namespace Cybertemp.Tests.Web.Messages;

public sealed class InboxListTests(WebFixture web) : IClassFixture<WebFixture>
{
    private readonly HttpClient _http = web.Web.Client;

    [Fact]
    public async Task Shows_summaries_newest_first()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, "first");
        await web.Mail.DeliverAsync(inbox, "second", "Hello  there,\r\n\r\nYour verification code is 482913.");

        var page = await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages");

        Assert.Equal(["second", "first"], page.Subjects());
        var message = page["messages"]![0]!;
        Assert.Equal(
            [
                "id", "messageUid", "from", "to", "subject", "intro", "receivedAt", "sizeBytes", "attachments", "read",
                "code", "link",
            ],
            message.AsObject().Select(static p => p.Key),
            StringComparer.Ordinal);
        Assert.Equal("Shop Ltd", message["from"]!["name"]!.GetValue<string>());
        Assert.Equal("news@shop.example", message["from"]!["address"]!.GetValue<string>());
        Assert.Equal(inbox, message["to"]!.GetValue<string>());
        Assert.Equal("Hello there, Your verification code is 482913.", message["intro"]!.GetValue<string>());
        Assert.Equal("482913", message["code"]!.GetValue<string>());
        Assert.EndsWith("Z", message["receivedAt"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(message["read"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Of_an_inbox_without_mail_is_empty() =>
        Assert.Empty((await _http.GetJsonAsync("/v1/inboxes/nobody@temp.example/messages")).Subjects());

    [Fact]
    public async Task Takes_every_spelling_of_an_address()
    {
        await web.Mail.DeliverAsync("a/b@xn--bcher-kva.example", "found");
        foreach (var spelling in (string[])[
            "a%2Fb@xn--bcher-kva.example", "A%2fB@B%C3%9CCHER.example", "%22a%2Fb%22@b%C3%BCcher.example."])
        {
            Assert.Equal(["found"], (await _http.GetJsonAsync($"/v1/inboxes/{spelling}/messages")).Subjects());
        }
    }

    [Fact]
    public async Task Is_read_in_pages_without_gap_or_overlap()
    {
        var inbox = web.NewInbox();
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => web.Mail.DeliverAsync(inbox, $"{i}")));
        var all = (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages?limit=100")).Ids();

        var (pages, before) = (new List<string>(), "");
        for (var page = 0; page < 5; page++)
        {
            var ids = (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages?limit=6{before}")).Ids();
            pages.AddRange(ids);
            before = $"&before={ids[^1]}";
        }

        Assert.Equal(25, all.Length);
        Assert.Equal(all, pages, StringComparer.Ordinal);
        Assert.Equal(all[..7], (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages?after={all[7]}")).Ids());
        Assert.Equal(
            all[5..7],
            (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages?after={all[7]}&before={all[4]}")).Ids());
    }

    [Fact]
    public async Task Goes_on_from_a_cursor_that_was_deleted()
    {
        var inbox = web.NewInbox();
        for (var i = 0; i < 3; i++)
        {
            // Of one that is gone the millisecond is left.
            var millisecond = Millisecond();
            await web.Mail.DeliverAsync(inbox, $"{i}");
            SpinWait.SpinUntil(() => Millisecond() > millisecond + 1);
        }

        var ids = (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages")).Ids();
        using var deleted = await _http.SendAsync(HttpMethod.Delete, $"/v1/messages/{ids[1]}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(ids[..1], (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages?after={ids[1]}")).Ids());
        Assert.Equal(ids[2..], (await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages?before={ids[1]}")).Ids());

        static long Millisecond() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    }

    [Fact]
    public async Task Is_filtered_by_parts_of_sender_and_subject_in_any_case()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, "Welcome aboard");
        await web.Mail.DeliverAsync(inbox, "100%_sure");

        Assert.Equal(["Welcome aboard"], (await ListAsync("subject=WELCOME")).Subjects());
        Assert.Equal(["100%_sure"], (await ListAsync("subject=%25_")).Subjects());
        Assert.Equal(2, (await ListAsync("from=NEWS%40shop")).Subjects().Length);
        Assert.Equal(2, (await ListAsync("from=shop%20ltd")).Subjects().Length);
        Assert.Empty((await ListAsync("from=bounce")).Subjects());

        Task<JsonNode> ListAsync(string filter) => _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages?{filter}");
    }

    [Fact]
    public async Task Is_not_sent_again_until_something_changed()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, "only");
        var path = new Uri($"/v1/inboxes/{inbox}/messages", UriKind.Relative);
        using var first = await _http.GetAsync(path);
        var id = JsonNode.Parse(await first.Content.ReadAsStringAsync())!.Ids()[0];

        Assert.Equal(HttpStatusCode.NotModified, await RepeatAsync());
        using var marked = await _http.SendAsync(HttpMethod.Patch, $"/v1/messages/{id}", """{"read":true}""");
        Assert.Equal(HttpStatusCode.NoContent, marked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await RepeatAsync());

        async Task<HttpStatusCode> RepeatAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var response = await _http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Refuses_the_cursor_of_another_inbox()
    {
        var (mine, other) = (web.NewInbox(), web.NewInbox());
        await web.Mail.DeliverAsync(other, "theirs");
        var id = await web.Mail.NewestIdAsync(other);
        using var response = await _http.GetAsync($"/v1/inboxes/{mine}/messages?after={id}");
        Assert.Equal("cursor-of-another-inbox", await response.ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("limit=0", "malformed-limit")]
    [InlineData("limit=101", "malformed-limit")]
    [InlineData("limit=-1", "malformed-limit")]
    [InlineData("limit=ten", "malformed-limit")]
    [InlineData("limit=99999999999999999999", "malformed-limit")]
    [InlineData("limit=1&limit=2", "repeated-parameter")]
    [InlineData("after=1", "malformed-cursor")]
    [InlineData("before=%27%20or%201=1", "malformed-cursor")]
    [InlineData("after=ffffffff-ffff-7fff-bfff-ffffffffffff", null)]
    [InlineData("before=ffffffff-ffff-7fff-bfff-ffffffffffff", null)]
    [InlineData("before=00000000-0000-7000-8000-000000000000", null)]
    [InlineData("after=00000000-0000-4000-8000-000000000000", "malformed-cursor")]
    [InlineData("from=", "malformed-filter")]
    [InlineData("subject=%00", "malformed-filter")]
    public async Task Refuses_what_makes_no_sense(string query, string? problem)
    {
        using var response = await _http.GetAsync($"/v1/inboxes/{web.NewInbox()}/messages?{query}");
        if (problem is null)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return;
        }

        Assert.Equal(problem, await response.ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("box")]
    [InlineData("box@")]
    [InlineData("@temp.example")]
    [InlineData("box@[127.0.0.1]")]
    [InlineData("a%20b@temp.example")]
    [InlineData("a%0d%0ab@temp.example")]
    [InlineData("%3Cbox@temp.example%3E")]
    [InlineData("box@temp.example%3E%20x")]
    public async Task Refuses_what_is_no_address(string address)
    {
        using var response = await _http.GetAsync($"/v1/inboxes/{address}/messages");
        Assert.Equal("malformed-address", await response.ProblemAsync(HttpStatusCode.BadRequest));
    }
}
