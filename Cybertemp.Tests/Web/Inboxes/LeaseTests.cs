using System.Net;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web.Live;
using Cybertemp.Web.Live.Feeds;
using Microsoft.Extensions.DependencyInjection;

namespace Cybertemp.Tests.Web.Inboxes;

/// <summary>Inboxes with an end, and those that are claimed with a token.</summary>
public sealed class LeaseTests(Servers servers) : IAsyncLifetime
{
    private Mailroom _mail = null!;
    private WebHost _web = null!;

    private HttpClient Http => _web.Client;

    public async ValueTask InitializeAsync()
    {
        _mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        await _mail.ScalarAsync(
            """
            insert into domains (domain) values ('temp.example'), ('*.qa.example');
            insert into domain_prefixes (domain, prefix) values ('*.qa.example', 'test-');
            insert into blocked_addresses (address) values ('blocked@temp.example');
            """);
        _web = await WebHost.StartAsync(_mail.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task A_claimed_inbox_is_for_its_bearer_and_empty_for_everybody_else()
    {
        var (secret, token, end) = await LeaseAsync("""{"address":"Mine@temp.example","claim":true}""");
        Assert.InRange(end - TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromDays(29), TimeSpan.FromDays(30));
        Assert.Equal("mine@temp.example", secret);
        await using var events = await EventReader.OpenAsync(Http, $"/v1/inboxes/{secret}/events", bearer: token);
        await _mail.DeliverAsync(secret, "claimed", "Your verification code is 482913");
        Assert.Equal("claimed", await events.NextSubjectAsync());
        var id = await _mail.NewestIdAsync(secret);
        var (empty, never) = ("nobody@temp.example", Guid.CreateVersion7());
        (HttpMethod Method, string Path, string? Body)[] requests =
        [
            (HttpMethod.Get, "/v1/inboxes/{0}/messages", null),
            (HttpMethod.Get, "/v1/inboxes/{0}/messages?after={1}", null),
            (HttpMethod.Get, "/v1/inboxes/{0}/messages?wait=1", null),
            (HttpMethod.Get, "/v1/inboxes/{0}/code", null),
            (HttpMethod.Delete, "/v1/inboxes/{0}/messages", null),
            (HttpMethod.Get, "/v1/messages/{1}", null),
            (HttpMethod.Get, "/v1/messages/{1}/raw", null),
            (HttpMethod.Get, "/v1/messages/{1}/attachments/0", null),
            (HttpMethod.Patch, "/v1/messages/{1}", """{"read":true}"""),
            (HttpMethod.Delete, "/v1/messages/{1}", null),
            (HttpMethod.Patch, "/v1/inboxes/{0}", """{"ttl":60}"""),
            (HttpMethod.Delete, "/v1/inboxes/{0}", null),
            (HttpMethod.Get, "/v1/inboxes/other@temp.example/messages?before={1}", null),
        ];
        foreach (var (method, path, body) in requests)
        {
            var forSecret = await Http.WholeAsync(method, string.Format(null, path, secret, id), body);
            Assert.Equal(await Http.WholeAsync(method, string.Format(null, path, empty, never), body), forSecret);
        }

        var message = $"/v1/messages/{id}";
        using var detail = await Http.SendAsync(HttpMethod.Get, message, bearer: token);
        Assert.Equal("claimed", (await JsonAsync(detail))["subject"]!.GetValue<string>());
        using var code = await Http.SendAsync(HttpMethod.Get, $"/v1/inboxes/{secret}/code", bearer: token);
        Assert.Equal("482913", (await JsonAsync(code))["code"]!.GetValue<string>());
        using var deleted = await Http.SendAsync(HttpMethod.Delete, message, bearer: token);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task A_token_opens_its_inbox_only_and_is_stored_as_a_hash()
    {
        var (mine, token, _) = await LeaseAsync("""{"claim":true}""");
        var (theirs, _, _) = await LeaseAsync("""{"claim":true}""");
        await _mail.DeliverAsync(mine, "mine");
        await _mail.DeliverAsync(theirs, "theirs");
        Assert.Equal(["mine"], await SubjectsAsync(mine, token));
        Assert.Empty(await SubjectsAsync(theirs, token));
        using var foreign = await Http.SendAsync(
            HttpMethod.Get, $"/v1/messages/{await _mail.NewestIdAsync(theirs)}", bearer: token);
        Assert.Equal("no-such-message", await foreign.ProblemAsync(HttpStatusCode.NotFound));
        using var ended = await Http.SendAsync(HttpMethod.Delete, $"/v1/inboxes/{theirs}", bearer: token);
        Assert.Equal("holders-only", await ended.ProblemAsync(HttpStatusCode.Forbidden));
        using var guessed = await Http.SendAsync(
            HttpMethod.Get, $"/v1/inboxes/{mine}/messages", bearer: "ctc_" + new string('A', 43));
        Assert.Equal("not-signed-in", await guessed.ProblemAsync(HttpStatusCode.Unauthorized));
        Assert.Equal(0L, await _mail.ScalarAsync(
            $"select count(*) from inbox_lease l where l::text like '%{token[4..]}%'"));
        Assert.DoesNotContain(_web.Log.Lines, l => l.Contains(token[4..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_inbox_ends_with_its_time()
    {
        var (inbox, token, end) = await LeaseAsync("""{"domain":"temp.example","ttl":600}""");
        Assert.Null(token);
        await _mail.DeliverAsync(inbox, "short");
        var list = await Http.GetJsonAsync($"/v1/inboxes/{inbox}/messages");
        Assert.Equal(["short"], list.Subjects());
        var detail = await Http.GetJsonAsync($"/v1/messages/{list.Ids()[0]}");
        Assert.Equal(end, detail["expiresAt"]!.GetValue<DateTime>());
        await _mail.ScalarAsync($"update inbox_lease set expires_at = now() where address = '{inbox}'");
        Assert.Empty((await Http.GetJsonAsync($"/v1/inboxes/{inbox}/messages")).Subjects());
        await _mail.DeliverAsync(inbox, "late");
        Assert.Empty((await Http.GetJsonAsync($"/v1/inboxes/{inbox}/messages")).Subjects());
    }

    [Fact]
    public async Task Its_bearer_moves_the_end_and_ends_it()
    {
        var (inbox, token, _) = await LeaseAsync("""{"claim":true,"ttl":60}""");
        await _mail.DeliverAsync(inbox, "mail");
        using var extended = await Http.SendAsync(
            HttpMethod.Patch, $"/v1/inboxes/{inbox}", """{"ttl":86400}""", token);
        Assert.InRange(
            (await JsonAsync(extended))["expiresAt"]!.GetValue<DateTime>(),
            TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(23),
            TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(25));
        using var never = await Http.SendAsync(
            HttpMethod.Patch, $"/v1/inboxes/{inbox}", """{"ttl":999999999}""", token);
        Assert.Equal("malformed-ttl", await never.ProblemAsync(HttpStatusCode.BadRequest));
        using var ended = await Http.SendAsync(HttpMethod.Delete, $"/v1/inboxes/{inbox}", bearer: token);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Empty(await SubjectsAsync(inbox, token));
        using var again = await Http.SendAsync(HttpMethod.Delete, $"/v1/inboxes/{inbox}", bearer: token);
        Assert.Equal("holders-only", await again.ProblemAsync(HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task A_name_that_may_have_mail_is_taken()
    {
        await _mail.DeliverAsync("used@temp.example", "mail");
        await _mail.MakePrivateAsync("private@temp.example", "password");
        await LeaseAsync("""{"address":"leased@temp.example","ttl":60}""");
        foreach (var name in (string[])["used", "private", "leased", "admin", "postmaster+tag"])
        {
            using var taken = await PostAsync($$"""{"address":"{{name}}@temp.example","claim":true}""");
            Assert.Equal("address-taken", await taken.ProblemAsync(HttpStatusCode.Conflict));
        }
    }

    [Fact]
    public async Task An_address_that_is_made_private_has_no_end_and_no_bearer()
    {
        var (_, token, _) = await LeaseAsync("""{"address":"chief@temp.example","claim":true}""");
        await _mail.MakePrivateAsync("chief@temp.example", "password");
        Assert.Equal(0L, await _mail.ScalarAsync("select count(*) from inbox_lease"));
        using var ended = await Http.SendAsync(
            HttpMethod.Delete, "/v1/inboxes/chief@temp.example", bearer: token);
        Assert.NotEqual(HttpStatusCode.NoContent, ended.StatusCode);
    }

    [Theory]
    [InlineData("""{"ttl":59}""", 400, "malformed-ttl")]
    [InlineData("""{"ttl":-1,"claim":true}""", 400, "malformed-ttl")]
    [InlineData("""{"ttl":2592001}""", 400, "malformed-ttl")]
    [InlineData("""{"ttl":1.5}""", 400, "malformed-body")]
    [InlineData("""{"ttl":"1h"}""", 400, "malformed-body")]
    [InlineData("""{"claim":null}""", 400, "malformed-body")]
    [InlineData("""{"address":"a@temp.example","domain":"temp.example"}""", 400, "malformed-body")]
    [InlineData("""{"address":"no address"}""", 400, "malformed-address")]
    [InlineData("""{"address":"a@other.example","ttl":60}""", 422, "domain-not-accepted")]
    [InlineData("""{"address":"blocked@temp.example","ttl":60}""", 422, "address-not-accepted")]
    [InlineData("""{"address":"a@b.qa.example"}""", 422, "address-not-accepted")]
    public async Task What_cannot_be_had_is_a_problem(string body, int status, string problem)
    {
        using var response = await PostAsync(body);
        Assert.Equal(problem, await response.ProblemAsync((HttpStatusCode)status));
    }

    [Fact]
    public async Task A_random_address_begins_as_its_domain_asks_for()
    {
        using var response = await PostAsync("""{"domain":"b.qa.example"}""");
        Assert.Matches("^test-[a-z2-9]{12}@b.qa.example$", (await JsonAsync(response))["address"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_stream_of_events_ends_with_the_claim_it_was_asked_for_with()
    {
        var (inbox, token, _) = await LeaseAsync("""{"claim":true}""");
        await using var events = await EventReader.OpenAsync(Http, $"/v1/inboxes/{inbox}/events", bearer: token);
        Comment();
        await _mail.DeliverAsync(inbox, "still mine");
        Assert.Equal("still mine", await events.NextSubjectAsync());
        using var ended = await Http.SendAsync(HttpMethod.Delete, $"/v1/inboxes/{inbox}", bearer: token);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Comment();
        Assert.Null(await events.NextAsync());
    }

    [Fact]
    public async Task One_client_is_given_so_many_a_minute()
    {
        await using var web = await WebHost.StartAsync(
            _mail.ConnectionString, "Web:UnlimitedNetworks=", "Web:MaxInboxesPerMinute=1");
        using var first = await web.Client.SendAsync(HttpMethod.Post, "/v1/inboxes", """{"claim":true}""");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        using var second = await web.Client.SendAsync(HttpMethod.Post, "/v1/inboxes", """{"ttl":60}""");
        Assert.Equal("too-many-inboxes", await second.ProblemAsync(HttpStatusCode.TooManyRequests));
        using var plain = await web.Client.SendAsync(HttpMethod.Post, "/v1/inboxes");
        Assert.Equal(HttpStatusCode.Created, plain.StatusCode);
    }

    /// <summary>As the clock does.</summary>
    private void Comment()
    {
        foreach (var feed in _web.Services.GetRequiredService<LiveFeeds>().All)
        {
            feed.Comment();
        }
    }

    private Task<HttpResponseMessage> PostAsync(string body) => Http.SendAsync(HttpMethod.Post, "/v1/inboxes", body);

    private async Task<(string Address, string Token, DateTime ExpiresAt)> LeaseAsync(string body)
    {
        using var response = await PostAsync(body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var inbox = await JsonAsync(response);
        return (
            inbox["address"]!.GetValue<string>(), inbox["token"]?.GetValue<string>()!,
            inbox["expiresAt"]!.GetValue<DateTime>());
    }

    private async Task<string[]> SubjectsAsync(string inbox, string token)
    {
        using var response = await Http.SendAsync(HttpMethod.Get, $"/v1/inboxes/{inbox}/messages", bearer: token);
        return (await JsonAsync(response)).Subjects();
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
