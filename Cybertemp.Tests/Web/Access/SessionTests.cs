using System.Net;
using System.Text.Json.Nodes;
using Cybertemp.Mail.Inboxes;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web.Live;

namespace Cybertemp.Tests.Web.Access;

public sealed class SessionTests(Servers servers) : IAsyncLifetime
{
    private const string OperatorKey = "an operator's key";
    private const string Mine = "mine@temp.example";

    private static readonly string[] Settings =
        ["Web:SessionKey=a key that all replicas of a service have", $"Web:OperatorKey={OperatorKey}"];

    private Mailroom _mail = null!;
    private WebHost _web = null!;

    public async ValueTask InitializeAsync()
    {
        _mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        await _mail.MakePrivateAsync(Mine, "secret");
        await _mail.DeliverAsync(Mine, "private");
        await _mail.DeliverAsync("public@temp.example", "public");
        _web = await WebHost.StartAsync(_mail.ConnectionString, Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task Opens_one_private_inbox_and_no_other()
    {
        await _mail.MakePrivateAsync("other@temp.example", "secret");
        await _mail.DeliverAsync("other@temp.example", "theirs");
        var token = await OpenAsync(Mine, "secret");
        var list = await GetAsync($"/v1/inboxes/{Mine.ToUpperInvariant()}/messages", token);
        Assert.Equal(["private"], list.Subjects());
        var message = $"/v1/messages/{list.Ids()[0]}";
        Assert.Null((await GetAsync(message, token))["expiresAt"]);
        foreach (var path in (string[])[$"{message}/raw", $"{message}/text"])
        {
            using var part = await _web.Client.SendAsync(HttpMethod.Get, path, bearer: token);
            Assert.Equal(HttpStatusCode.OK, part.StatusCode);
            Assert.Contains("no-store", part.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        using var framed = await _web.Client.PostAsync(
            new Uri($"{message}/html", UriKind.Relative), new FormUrlEncodedContent([new("token", token)]));
        Assert.Equal("text/html", framed.Content.Headers.ContentType!.MediaType);
        using var guessed = await _web.Client.PostAsync(
            new Uri($"{message}/html", UriKind.Relative), new FormUrlEncodedContent([new("token", "cts_AAAA")]));
        Assert.Equal("not-signed-in", await guessed.ProblemAsync(HttpStatusCode.Unauthorized));

        Assert.Empty((await GetAsync("/v1/inboxes/other@temp.example/messages", token)).Subjects());
        Assert.Equal(["public"], (await GetAsync("/v1/inboxes/public@temp.example/messages", token)).Subjects());
        using var theirs = await _web.Client.SendAsync(
            HttpMethod.Get, $"/v1/messages/{await _mail.NewestIdAsync("other@temp.example", "private_emails")}",
            bearer: token);
        Assert.Equal("no-such-message", await theirs.ProblemAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Marks_deletes_and_follows_private_mail()
    {
        var token = await OpenAsync(Mine, "secret");
        await using var events = await EventReader.OpenAsync(_web.Client, $"/v1/inboxes/{Mine}/events", bearer: token);
        await _mail.DeliverAsync(Mine, "new");
        Assert.Equal("new", await events.NextSubjectAsync());
        var message = $"/v1/messages/{await _mail.NewestIdAsync(Mine, "private_emails")}";
        using var marked = await _web.Client.SendAsync(HttpMethod.Patch, message, """{"read":true}""", token);
        Assert.Equal(HttpStatusCode.NoContent, marked.StatusCode);
        using var deleted = await _web.Client.SendAsync(HttpMethod.Delete, message, bearer: token);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var emptied = await _web.Client.SendAsync(
            HttpMethod.Delete, $"/v1/inboxes/{Mine}/messages", bearer: token);
        Assert.Equal("""{"deleted":1}""", await emptied.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Is_known_to_a_replica_and_ends_with_its_password()
    {
        var token = await OpenAsync(Mine, "secret");
        await using (var replica = await WebHost.StartAsync(_mail.ConnectionString, Settings))
        {
            using var known = await replica.Client.SendAsync(
                HttpMethod.Get, $"/v1/inboxes/{Mine}/messages", bearer: token);
            Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        }

        await new PrivateAddresses(_mail.DataSource).SetPasswordAsync(
            Mine, PasswordHash.Create("another"), CancellationToken.None);
        await using var later = await WebHost.StartAsync(_mail.ConnectionString, Settings);
        using var ended = await later.Client.SendAsync(HttpMethod.Get, $"/v1/inboxes/{Mine}/messages", bearer: token);
        Assert.Equal("not-signed-in", await ended.ProblemAsync(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Is_refused_for_a_wrong_password_as_for_an_address_that_is_not_private()
    {
        await _mail.MakePrivateAsync("nopassword@temp.example", "unused");
        await _mail.ScalarAsync(
            "update private_email set password_hash = null where email = 'nopassword@temp.example'");
        var answers = new List<string>();
        foreach (var (address, password) in ((string, string)[])[
            (Mine, "Secret"), ("nobody@temp.example", "secret"), ("nopassword@temp.example", "unused")])
        {
            using var response = await TryOpenAsync(address, password);
            Assert.Equal("wrong-credentials", await response.ProblemAsync(HttpStatusCode.Unauthorized));
            answers.Add(await response.Content.ReadAsStringAsync());
        }

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cannot_be_guessed_at_length()
    {
        // Each guess takes its time, in which another may become free.
        for (var guesses = 1; ; guesses++)
        {
            using var response = await TryOpenAsync("guessed@temp.example", $"{guesses}");
            if (response.StatusCode is not HttpStatusCode.Unauthorized)
            {
                Assert.True(guesses > 10);
                Assert.Equal("too-many-sessions", await response.ProblemAsync(HttpStatusCode.TooManyRequests));
                Assert.Equal(TimeSpan.FromSeconds(6), response.Headers.RetryAfter!.Delta);
                break;
            }

            Assert.True(guesses < 100);
        }

        Assert.NotEmpty(await OpenAsync(Mine, "secret"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"address":"mine@temp.example"}""")]
    [InlineData("""{"address":"mine@temp.example","password":null}""")]
    public async Task Needs_address_and_password(string body)
    {
        using var response = await _web.Client.SendAsync(HttpMethod.Post, "/v1/sessions", body);
        Assert.Equal("malformed-body", await response.ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task An_operator_sees_all_mail()
    {
        Assert.Equal(["private"], (await GetAsync($"/v1/inboxes/{Mine}/messages", OperatorKey)).Subjects());
        Assert.Equal(["public"], (await GetAsync("/v1/inboxes/public@temp.example/messages", OperatorKey)).Subjects());
        var id = await _mail.NewestIdAsync(Mine, "private_emails");
        Assert.Equal("private", (await GetAsync($"/v1/messages/{id}", OperatorKey))["subject"]!.GetValue<string>());
        using var deleted = await _web.Client.SendAsync(HttpMethod.Delete, $"/v1/messages/{id}", bearer: OperatorKey);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer cts_AAAA")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    [InlineData("an operator's key")]
    public async Task Nobody_gets_in_with_anything_else(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/inboxes/public@temp.example/messages");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await _web.Client.SendAsync(request);
        Assert.Equal("not-signed-in", await response.ProblemAsync(HttpStatusCode.Unauthorized));
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    private Task<HttpResponseMessage> TryOpenAsync(string address, string password) => _web.Client.SendAsync(
        HttpMethod.Post, "/v1/sessions", $$"""{"address":"{{address}}","password":"{{password}}"}""");

    private async Task<string> OpenAsync(string address, string password)
    {
        using var response = await TryOpenAsync(address, password);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
    }

    private async Task<JsonNode> GetAsync(string path, string bearer)
    {
        using var response = await _web.Client.SendAsync(HttpMethod.Get, path, bearer: bearer);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
