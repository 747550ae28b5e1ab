using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web.Live;

namespace Cybertemp.Tests.Web.Messages;

public sealed class OperatorTests(Servers servers) : IAsyncLifetime
{
    private const string Key = "an operator's key";

    private Mailroom _mail = null!;
    private WebHost _web = null!;

    public async ValueTask InitializeAsync()
    {
        _mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        _web = await WebHost.StartAsync(_mail.ConnectionString, $"Web:OperatorKey={Key}");
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task Lists_all_mail_newest_first_in_pages()
    {
        await _mail.MakePrivateAsync("private@temp.example", "password");
        for (var i = 0; i < 9; i++)
        {
            await _mail.DeliverAsync(i % 3 == 0 ? "private@temp.example" : $"box{i}@temp.example", $"{i}");
        }

        var all = await GetAsync("/v1/messages");
        Assert.Equal(
            Enumerable.Range(0, 9).Reverse().Select(static i => $"{i}"), all.Subjects(), StringComparer.Ordinal);
        var ids = all.Ids();
        Assert.Equal(ids[4..8], (await GetAsync($"/v1/messages?before={ids[3]}&limit=4")).Ids());
        Assert.Equal(ids[..3], (await GetAsync($"/v1/messages?after={ids[3]}")).Ids());
    }

    [Theory]
    [InlineData("shop", 3)]
    [InlineData("INVOICE", 2)]
    [InlineData("invoice -paid", 1)]
    [InlineData("\"invoice 2\"", 1)]
    [InlineData("subject:invoice to:b@", 1)]
    [InlineData("to:a@temp.example", 2)]
    [InlineData("from:bounce@shop", 3)]
    [InlineData("from:nobody", 0)]
    [InlineData("has:attachment", 1)]
    [InlineData("-has:attachment", 2)]
    [InlineData("is:read", 0)]
    [InlineData("is:unread", 3)]
    [InlineData("after:2020-01-01 before:2999-01-01", 3)]
    [InlineData("before:2020-01-01", 0)]
    [InlineData("foo:bar", 0)]
    [InlineData("%", 0)]
    [InlineData("", 3)]
    public async Task Searches(string query, int count)
    {
        await _mail.DeliverAsync("a@temp.example", "Invoice 1 paid");
        await _mail.DeliverAsync("b@temp.example", "Invoice 2");
        await _mail.DeliverAsync("a@temp.example", Encoding.ASCII.GetBytes(
            "From: news@shop.example\r\nSubject: Hello\r\nContent-Type: image/png\r\n"
                + "Content-Disposition: attachment; filename=a.png\r\n\r\nx"));
        Assert.Equal(count, (await GetAsync($"/v1/search?q={Uri.EscapeDataString(query)}")).Ids().Length);
    }

    [Theory]
    [InlineData("has:nothing")]
    [InlineData("is:late")]
    [InlineData("before:yesterday")]
    [InlineData("-after:2020-01-01")]
    [InlineData("after:2020-13-01")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u")]
    public async Task Refuses_a_search_that_makes_no_sense(string query)
    {
        using var response = await _web.Client.SendAsync(
            HttpMethod.Get, $"/v1/search?q={Uri.EscapeDataString(query)}", bearer: Key);
        Assert.Equal("malformed-search", await response.ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Streams_all_mail()
    {
        await _mail.DeliverAsync("a@temp.example", "old");
        await using var events = await EventReader.OpenAsync(_web.Client, "/v1/events", bearer: Key);
        await _mail.DeliverAsync("a@temp.example", "one");
        var first = (await events.NextAsync())!;
        Assert.Equal("one", first["subject"]!.GetValue<string>());
        await _mail.MakePrivateAsync("private@temp.example", "password");
        await _mail.DeliverAsync("private@temp.example", "two");
        Assert.Equal("two", await events.NextSubjectAsync());
        await using var again = await EventReader.OpenAsync(
            _web.Client, "/v1/events", lastEventId: first["id"]!.GetValue<string>(), bearer: Key);
        Assert.Equal("two", await again.NextSubjectAsync());
    }

    [Theory]
    [InlineData("/v1/messages")]
    [InlineData("/v1/search?q=x")]
    [InlineData("/v1/events")]
    [InlineData("/v1/refusals")]
    public async Task Is_for_operators_only(string path)
    {
        using var response = await _web.Client.GetAsync(path);
        Assert.Equal("operators-only", await response.ProblemAsync(HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("/v1/refusals", "no-refusals", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/v1/refusals?limit=101", "malformed-limit", HttpStatusCode.BadRequest)]
    [InlineData("/v1/refusals?q=", "malformed-filter", HttpStatusCode.BadRequest)]
    [InlineData("/v1/refusals?q=a&q=b", "repeated-parameter", HttpStatusCode.BadRequest)]
    public async Task Says_why_there_are_no_refusals(string path, string problem, HttpStatusCode status)
    {
        using var response = await _web.Client.SendAsync(HttpMethod.Get, path, bearer: Key);
        Assert.Equal(problem, await response.ProblemAsync(status));
    }

    [Fact]
    public async Task Mutations_of_searches_are_never_our_fault()
    {
        var random = new Random(3);
        string[] parts =
        [
            "from:", "to:", "subject:", "has:", "is:", "before:", "after:", "-", "\"", " ", ":", "a", "2026-01-01", "%",
            "\\", "'",
        ];
        for (var i = 0; i < 200; i++)
        {
            var query = string.Concat(
                Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            using var response = await _web.Client.SendAsync(
                HttpMethod.Get, $"/v1/search?q={Uri.EscapeDataString(query)}", bearer: Key);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, query);
        }
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var response = await _web.Client.SendAsync(HttpMethod.Get, path, bearer: Key);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
