using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Web.Dialects.Clients;

namespace Cybertemp.Tests.Web.Dialects;

/// <summary>The calls of the Rust server's browser extension and wrappers, made by curl as those make them.</summary>
[Collection(DialectGroup.Name)]
public sealed class CybertempTests(DialectFixture dialects)
{
    private static readonly string[] Json = ["-H", "Content-Type: application/json"];
    private static readonly string[] Key = ["-H", $"x-api-key: {DialectFixture.ApiKey}"];

    private readonly Curl _curl = new(dialects.Web.Address);

    [Fact]
    public async Task The_extension_polls_an_inbox_and_finds_its_code()
    {
        var inbox = dialects.NewInbox();
        await dialects.Mail.DeliverAsync(inbox, "Welcome");
        await dialects.Mail.DeliverAsync(inbox, Encoding.UTF8.GetBytes(
            "From: =?utf-8?q?B=C3=A4cker?= <code@shop.example>\r\nSubject: Your code\r\nContent-Type: text/html\r\n\r\n"
                + "<p>Code <b>482913</b>, or <a href=\"https://shop.example/go?t=1\">go on</a></p>"));

        var path = $"/getMail?email={Uri.EscapeDataString(inbox)}&limit=10";
        var (status, emails) = await _curl.AskAsync(path, [.. Json, .. Key]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ["Your code", "Welcome"], emails!.AsArray().Select(static e => (string)e!["subject"]!),
            StringComparer.Ordinal);
        var newest = emails[0]!;
        Assert.Equal(
            ["id", "from", "to", "subject", "text", "html", "date", "read"],
            newest.AsObject().Select(static p => p.Key), StringComparer.Ordinal);
        Assert.Equal("Bäcker <code@shop.example>", (string)newest["from"]!);
        Assert.Equal(inbox, (string)newest["to"]!);
        Assert.Matches("\\b482913\\b.*https://shop.example/go", (string)newest["text"]!);
        Assert.Contains("<b>482913</b>", (string)newest["html"]!, StringComparison.Ordinal);
        Assert.Equal("", (string)emails[1]!["html"]!);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)newest["date"]!);
        Assert.False((bool)newest["read"]!);
    }

    [Fact]
    public async Task Wrappers_read_pages_and_messages_and_delete()
    {
        var inbox = dialects.NewInbox().Replace("@", "+tag@", StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            await dialects.Mail.DeliverAsync(inbox, $"{i}");
        }

        var all = (await ListAsync($"/api/emails?email={inbox}")).Select(static e => (string)e!["id"]!).ToList();
        var page = await ListAsync($"/api/getMail?email={inbox}&limit=2&offset=1");
        Assert.Equal(all[1..3], page.Select(static e => (string)e!["id"]!), StringComparer.Ordinal);
        var (_, one) = await _curl.AskAsync($"/api/email/{all[0]}", Key);
        Assert.Equal("3", (string)one!["subject"]!);

        Assert.Equal(HttpStatusCode.OK, (await _curl.AskAsync($"/email/{all[0]}", ["-X", "DELETE", .. Key])).Status);
        var gone = await _curl.AskAsync(
            "/deleteEmail", ["-d", $$"""{"id":"{{all[0]}}"}""", .. Json, .. Key]);
        Assert.Equal((HttpStatusCode.NotFound, "NO_SUCH_MESSAGE"), (gone.Status, (string)gone.Json!["code"]!));
        var posted = await _curl.AskAsync("/deleteEmail", ["-d", $$"""{"id":"{{all[1]}}"}""", .. Json, .. Key]);
        Assert.Equal("""{"success":true,"count":1}""", posted.Json!.ToJsonString());
        var emptied = await _curl.AskAsync($"/inbox/{inbox}", ["-X", "DELETE", .. Key]);
        Assert.Equal("""{"success":true,"count":2}""", emptied.Json!.ToJsonString());
        Assert.Empty(await ListAsync($"/getMail?email={inbox}"));
        foreach (var (path, body) in ((string, string)[])[
            ("/api/user/inboxes", $$"""{"inbox_address":"{{inbox}}"}"""),
            ("/deleteInbox", $$"""{"email":"{{inbox}}"}""")])
        {
            var method = path.EndsWith("inboxes", StringComparison.Ordinal) ? "DELETE" : "POST";
            await dialects.Mail.DeliverAsync(inbox, "more");
            var answer = await _curl.AskAsync(path, ["-X", method, "-d", body, .. Json, .. Key]);
            Assert.Equal("""{"success":true,"count":1}""", answer.Json!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_list_with_bodies_is_not_sent_again_until_something_changed()
    {
        var inbox = dialects.NewInbox();
        for (var i = 0; i < 30; i++)
        {
            await dialects.Mail.DeliverAsync(inbox, $"{i}", new string('x', 300_000));
        }

        var path = new Uri($"/getMail?email={inbox}&limit=500", UriKind.Relative);
        using var first = await dialects.Web.Client.GetAsync(path);
        var emails = JsonNode.Parse(await first.Content.ReadAsStringAsync())!.AsArray();
        Assert.Equal(
            Enumerable.Range(0, 30).Reverse().Select(static i => $"{i}"),
            emails.Select(static e => (string)e!["subject"]!), StringComparer.Ordinal);
        Assert.All(emails, static e => Assert.Equal(300_000, ((string)e!["text"]!).TrimEnd().Length));
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await dialects.Web.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("/getDomains", "other.test temp.example")]
    [InlineData("/getDomains?type=None", "other.test temp.example")]
    [InlineData("/api/getDomains?type=discord&limit=1", "other.test")]
    [InlineData("/api/domains?offset=1", "temp.example")]
    [InlineData("/getDomains?tld_include=.test,com", "other.test")]
    [InlineData("/getDomains?tld_exclude=test", "temp.example")]
    public async Task Domains_are_names_whatever_their_type(string path, string domains) => Assert.Equal(
        domains.Split(' '), (await ListAsync(path)).Select(static d => (string)d!), StringComparer.Ordinal);

    [Theory]
    [InlineData("X-API-KEY: tk_0123456789abcdef", 200)]
    [InlineData("x-api-key: Bearer tk_fedcba9876543210", 200)]
    [InlineData("Authorization: Bearer tk_0123456789abcdef", 200)]
    [InlineData("X-API-KEY: the key of all mail", 200)]
    [InlineData("X-API-KEY;", 200)]
    [InlineData("X-Other: 1", 200)]
    [InlineData("X-API-KEY: tk_0123456789abcdee", 401)]
    [InlineData("Authorization: Bearer cts_bm90IGEgc2Vzc2lvbg", 401)]
    public async Task Only_a_wrong_key_is_refused(string header, int status)
    {
        var answer = await _curl.AskAsync("/getMail?email=nobody@temp.example", "-H", header);
        Assert.Equal(status, (int)answer.Status);
        if (status == 401)
        {
            Assert.Equal("INVALID_API_KEY", (string)answer.Json!["code"]!);
            Assert.Equal("Invalid API key", (string)answer.Json["error"]!);
        }
    }

    [Fact]
    public async Task Private_mail_is_there_for_its_session_and_the_operator_and_nobody_else()
    {
        var (secret, empty) = (dialects.NewInbox(), dialects.NewInbox());
        await dialects.Mail.MakePrivateAsync(secret, "password");
        await dialects.Mail.DeliverAsync(secret, "private");
        var id = await dialects.Mail.NewestIdAsync(secret, "private_emails");
        using var opened = await dialects.Web.Client.SendAsync(
            HttpMethod.Post, "/v1/sessions", $$"""{"address":"{{secret}}","password":"password"}""");
        var token = (string)JsonNode.Parse(await opened.Content.ReadAsStringAsync())!["token"]!;
        var session = $"Authorization: Bearer {token}";

        foreach (var path in (string[])[
            "/getMail?email={0}", "/private/emails?email={0}", "/api/email/{1}", "-X DELETE /email/{1}",
            "-X DELETE /inbox/{0}"])
        {
            var method = path.Contains("DELETE", StringComparison.Ordinal) ? "DELETE" : "GET";
            var form = path.Split(' ')[^1];
            Assert.Equal(
                await WholeAsync(method, string.Format(null, form, empty, Guid.CreateVersion7())),
                await WholeAsync(method, string.Format(null, form, secret, id)));
        }

        var (_, own) = await _curl.AskAsync($"/private/emails?email={secret}", [.. Key, "-H", session]);
        Assert.Equal(["private"], own!.AsArray().Select(static e => (string)e!["subject"]!), StringComparer.Ordinal);
        var (_, all) = await _curl.AskAsync(
            $"/getMail?email={secret}", "-H", $"X-API-KEY: {DialectFixture.OperatorKey}");
        Assert.Single(all!.AsArray());
        var (_, inboxes) = await _curl.AskAsync("/user/inboxes", "-H", session);
        Assert.Equal(secret, (string)inboxes!["inboxes"]![0]!["inbox_address"]!);
        var (_, none) = await _curl.AskAsync("/user/inboxes", Key);
        Assert.Empty(none!["inboxes"]!.AsArray());
    }

    [Fact]
    public async Task Whoever_asks_has_the_best_plan_without_a_limit()
    {
        var (_, user) = await _curl.AskAsync("/api/user/me", [.. Json, .. Key]);
        Assert.Equal(("ELITE", "active"), ((string)user!["plan"]!["type"]!, (string)user["plan"]!["status"]!));
        var (_, plan) = await _curl.AskAsync("/getPlan", Key);
        Assert.Equal("ELITE", (string)plan!["plan"]!);
        Assert.True((long)plan["creditsRemaining"]! > 1_000_000);
        foreach (var path in (string[])["/api/balance", "/getBalance"])
        {
            Assert.True((long)(await _curl.AskAsync(path, Key)).Json!["balance"]! > 1_000_000);
        }

        Assert.Equal("healthy", (string)(await _curl.AskAsync("/health", Key)).Json!["status"]!);
        Assert.Equal("healthy", (string)(await _curl.AskAsync("/api/health")).Json!["status"]!);
        Assert.Equal("Healthy", await dialects.Web.Client.GetStringAsync(new Uri("/health", UriKind.Relative)));
    }

    [Theory]
    [InlineData("/getMail", "MALFORMED_ADDRESS")]
    [InlineData("/getMail?email=x", "MALFORMED_ADDRESS")]
    [InlineData("/getMail?email=a@temp.example&limit=ten", "MALFORMED_LIMIT")]
    [InlineData("/getMail?email=a@temp.example&offset=-1", "MALFORMED_OFFSET")]
    [InlineData("/getMail?email=a@temp.example&email=b@temp.example", "REPEATED_PARAMETER")]
    [InlineData("/getDomains?limit=x", "MALFORMED_LIMIT")]
    public async Task A_malformed_request_is_a_problem_with_their_members(string path, string code)
    {
        var answer = await _curl.AskAsync(path);
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, (string)answer.Json!["code"]!));
        Assert.NotEmpty((string)answer.Json["error"]!);
        Assert.StartsWith("urn:cybertemp:problem:", (string)answer.Json["type"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_asks_so_often_a_minute_as_elsewhere()
    {
        await using var web = await WebHost.StartAsync(
            dialects.Mail.ConnectionString, "Web:UnlimitedNetworks=192.0.2.0/24", "Web:MaxRequestsPerMinute=5");
        var curl = new Curl(web.Address);
        HttpStatusCode status;
        var asked = 0;
        do
        {
            (status, var answer) = await curl.AskAsync(
                $"/{(asked % 2 == 0 ? "" : "api/")}getPlan", "-H", "X-API-KEY: any");
            Assert.True(status is HttpStatusCode.OK || (string)answer!["code"]! == "TOO_MANY_REQUESTS");
        }
        while (status is HttpStatusCode.OK && ++asked < 20);
        Assert.InRange(asked, 5, 10);
    }

    private async Task<JsonArray> ListAsync(string path) => (await _curl.AskAsync(path, Key)).Json!.AsArray();

    /// <summary>Status, header fields and body, without the date.</summary>
    private async Task<string> WholeAsync(string method, string path)
    {
        using var response = await dialects.Web.Client.SendAsync(new HttpMethod(method), path);
        var fields = response.Headers.Concat(response.Content.Headers).Where(static h => h.Key != "Date")
            .Select(static h => $"{h.Key}: {string.Join(',', h.Value)}");
        return $"{(int)response.StatusCode}\n{string.Join('\n', fields)}\n{await response.Content.ReadAsStringAsync()}";
    }
}
