using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Web.Dialects.Clients;

namespace Cybertemp.Tests.Web.Dialects;

/// <summary>All mail as one mailbox, read by the clients that tests have for Mailpit.</summary>
[Collection(DialectGroup.Name)]
public sealed class MailpitTests(DialectFixture dialects)
{
    private const string Key = DialectFixture.OperatorKey;

    private readonly HttpClient _http = dialects.Web.Client;

    [Fact]
    public async Task The_client_mailpit_api_reads_marks_and_deletes()
    {
        var inbox = dialects.NewInbox();
        await dialects.Mail.DeliverAsync("other@temp.example", "Another", "Nach der Wegbeschreibung gefragt");
        await dialects.Mail.DeliverAsync(inbox, "news");
        await dialects.Mail.DeliverAsync(inbox, Signup(inbox));

        var answers = await NodeClient.RunAsync("mailpit.mjs", dialects.Web.Address.ToString(), Key, inbox);

        var id = (string)answers["message"]!["ID"]!;
        AssertLists(answers, id);
        AssertWhole(answers["message"]!, inbox);
        AssertParts(answers, id, Encoding.UTF8.GetString(Signup(inbox)));
        Assert.Equal(
            [1, 1, 1, 2, 2, 2, 404, 0, 0],
            ((string[])[
                "inBody", "larger", "smaller", "elsewhere", "unread", "read", "afterOne", "afterSearch", "afterAll"])
                .Select(n => (int)answers[n]!));
        Assert.True((int)answers["others"]! >= 1);
        Assert.Equal(
            """{"send":501,"release":501,"chaos":501,"setChaos":501,"thumbnail":501,"html":501,"links":"""
                + """501,"spam":501,"tag":501,"page":501,"stranger":401,"search":400}""",
            answers["refused"]!.ToJsonString());
    }

    [Fact]
    public async Task The_commands_of_cypress_mailpit_work()
    {
        var inbox = dialects.NewInbox();
        await dialects.Mail.ScalarAsync("delete from emails");
        await dialects.Mail.DeliverAsync("other@temp.example", "Another");
        await dialects.Mail.DeliverAsync(inbox, Signup(inbox));

        var answers = await NodeClient.RunAsync(
            "cypress.mjs", dialects.Web.Address.ToString().TrimEnd('/'), Key, inbox);

        Assert.Equal("Your code", (string)answers["subject"]!);
        Assert.Equal("code@shop.example", (string)answers["from"]!);
        Assert.Equal([inbox], answers["to"]!.AsArray().Select(static a => (string)a!), StringComparer.Ordinal);
        Assert.Equal(
            ["users.csv"], answers["attachments"]!.AsArray().Select(static a => (string)a!), StringComparer.Ordinal);
        Assert.Contains("<b>482913</b>", (string)answers["html"]!, StringComparison.Ordinal);
        Assert.StartsWith("Your code is 482913", (string)answers["text"]!, StringComparison.Ordinal);
        Assert.Equal((string)answers["id"]!, (string)answers["latest"]!);
        var all = (int)answers["all"]!;
        Assert.True(all >= 2);
        Assert.Equal(
            [1, 1, 0, 0, 1, 0, all, all - 1, all, 0, 0, 0],
            ((string[])[
                "bySubject", "hasSubject", "none", "noneTo", "search", "noSearch", "allUnread", "oneRead", "noneRead",
                "allRead", "afterSearch", "afterAll"]).Select(n => (int)answers[n]!));
        Assert.Equal("cy.request() failed: 501", (string)answers["send"]!);
        Assert.Equal("cy.request() failed: 501", (string)answers["spam"]!);
    }

    [Fact]
    public async Task What_is_out_of_scope_says_why()
    {
        using var sent = await _http.SendAsync(HttpMethod.Post, "/api/v1/send", "{}", Key);
        Assert.Equal("nothing-is-sent", await sent.ProblemAsync(HttpStatusCode.NotImplemented));
        using var check = await _http.SendAsync(HttpMethod.Get, "/api/v1/message/latest/link-check", bearer: Key);
        Assert.Equal("no-checks", await check.ProblemAsync(HttpStatusCode.NotImplemented));
    }

    [Theory]
    [InlineData("/api/v1/messages")]
    [InlineData("/api/v1/message/latest")]
    [InlineData("/view/latest.html")]
    [InlineData("/api/v1/send")]
    public async Task Only_the_operator_reads_it(string path)
    {
        var method = path.EndsWith("send", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get;
        foreach (var key in (string?[])[null, "wrong", DialectFixture.ApiKey])
        {
            using var refused = await _http.SendAsync(method, path, bearer: key);
            Assert.Equal("operators-only", await refused.ProblemAsync(HttpStatusCode.Unauthorized));
            Assert.StartsWith("Basic", refused.Headers.WwwAuthenticate.Single().Scheme, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/messages", """{"IDs":"x"}""", "malformed-body")]
    [InlineData("PUT", "/api/v1/messages", """{"Search":"has:nothing"}""", "malformed-search")]
    [InlineData("PUT", "/api/v1/messages?tz=Nowhere", "{}", "unknown-time-zone")]
    [InlineData("PUT", "/api/v1/messages?tz=/dev/zero", "{}", "unknown-time-zone")]
    [InlineData("PUT", "/api/v1/messages?tz=../../../dev/zero", "{}", "unknown-time-zone")]
    [InlineData("DELETE", "/api/v1/search", null, "malformed-search")]
    [InlineData("GET", "/api/v1/messages?start=-1", null, "malformed-offset")]
    [InlineData("GET", "/api/v1/search?query=larger:x", null, "malformed-search")]
    public async Task A_malformed_request_changes_nothing(string method, string path, string? body, string problem)
    {
        await dialects.Mail.DeliverAsync(dialects.NewInbox(), "stays");
        var count = await dialects.Mail.ScalarAsync("select count(*) from emails");
        using var refused = await _http.SendAsync(new HttpMethod(method), path, body, Key);
        Assert.Equal(problem, await refused.ProblemAsync(HttpStatusCode.BadRequest));
        Assert.Equal(count, await dialects.Mail.ScalarAsync("select count(*) from emails"));
    }

    [Fact]
    public async Task It_is_not_there_unless_it_is_switched_on()
    {
        await using var web = await WebHost.StartAsync(dialects.Mail.ConnectionString, $"Web:OperatorKey={Key}");
        using var list = await web.Client.SendAsync(HttpMethod.Get, "/api/v1/messages", bearer: Key);
        Assert.Equal("no-such-resource", await list.ProblemAsync(HttpStatusCode.NotFound));
    }

    private static void AssertLists(JsonNode answers, string id)
    {
        Assert.True((int)answers["info"]!["Messages"]! >= 3);
        Assert.Equal(2, (int)answers["list"]!["count"]!);
        Assert.Equal(2, answers["list"]!["messages"]!.AsArray().Count);
        Assert.True((int)answers["list"]!["messages_count"]! >= 3);
        var found = Assert.Single(answers["search"]!["messages"]!.AsArray())!;
        Assert.Equal(id, (string)found["ID"]!);
        Assert.False((bool)found["Read"]!);
        Assert.Equal(1, (int)found["Attachments"]!);
        Assert.StartsWith("Your code is 482913", (string)found["Snippet"]!, StringComparison.Ordinal);
        Assert.Equal("""[{"Name":"Doe, Jane","Address":"jane@client.example"}]""", found["Cc"]!.ToJsonString());
    }

    private static void AssertParts(JsonNode answers, string id, string raw)
    {
        Assert.Equal(id, (string)answers["latest"]!);
        Assert.Equal("<https://shop.example/bye>", (string)answers["headers"]!["List-Unsubscribe"]![0]!);
        Assert.Equal(raw, (string)answers["raw"]!);
        Assert.Equal("hello", (string)answers["part"]!["text"]!);
        Assert.Equal("text/csv", (string)answers["part"]!["type"]!);
        Assert.Contains("<b>482913</b>", (string)answers["html"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("script", (string)answers["html"]!, StringComparison.Ordinal);
        Assert.StartsWith("Your code is 482913", (string)answers["text"]!, StringComparison.Ordinal);
        Assert.Empty(answers["tags"]!.AsArray());
    }

    private static void AssertWhole(JsonNode message, string inbox)
    {
        Assert.Equal("Your code", (string)message["Subject"]!);
        Assert.Equal("one@shop.example", (string)message["MessageID"]!);
        Assert.Equal("Bäcker", (string)message["From"]!["Name"]!);
        Assert.Equal(inbox, (string)message["To"]![0]!["Address"]!);
        Assert.Equal("Customer", (string)message["To"]![0]!["Name"]!);
        Assert.Equal("help@shop.example", (string)message["ReplyTo"]![0]!["Address"]!);
        Assert.Empty(message["Bcc"]!.AsArray());
        Assert.Equal("bounce@shop.example", (string)message["ReturnPath"]!);
        Assert.Equal("https://shop.example/bye", (string)message["ListUnsubscribe"]!["Links"]![0]!);
        Assert.StartsWith("2026-11-27T08:00:00", (string)message["Date"]!, StringComparison.Ordinal);
        Assert.Contains("<script>", (string)message["HTML"]!, StringComparison.Ordinal);
        Assert.Equal("users.csv", (string)message["Attachments"]![0]!["FileName"]!);
        Assert.Empty(message["Inline"]!.AsArray());
    }

    private static byte[] Signup(string inbox) => Encoding.UTF8.GetBytes($$"""
        From: =?utf-8?q?B=C3=A4cker?= <code@shop.example>
        To: Customer <{{inbox}}>
        Cc: =?utf-8?q?Doe,_Jane?= <jane@client.example>
        Reply-To: help@shop.example
        Subject: Your code
        Date: Fri, 27 Nov 2026 09:00:00 +0100
        Message-ID: <one@shop.example>
        List-Unsubscribe: <https://shop.example/bye>
        X-Padding: {{new string('x', 900)}}
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/plain

        Your code is 482913.
        --a
        Content-Type: text/html

        <p>Your code is <b>482913</b>.<script>alert(1)</script></p>
        --a--
        --m
        Content-Type: text/csv; name=users.csv
        Content-Disposition: attachment; filename=users.csv

        hello
        --m--

        """.ReplaceLineEndings("\r\n"));
}
