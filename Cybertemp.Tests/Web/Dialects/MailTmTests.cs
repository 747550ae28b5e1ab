using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.Mail.Schema;
using Cybertemp.Tests.Web.Dialects.Clients;
using Npgsql;

namespace Cybertemp.Tests.Web.Dialects;

/// <summary>Accounts as mail.tm has them, made and read by its client mailjs.</summary>
[Collection(DialectGroup.Name)]
public sealed class MailTmTests(DialectFixture dialects)
{
    private readonly HttpClient _http = dialects.Web.Client;

    [Fact]
    public async Task The_client_mailjs_makes_an_account_waits_reads_and_deletes()
    {
        await dialects.Mail.DeliverAsync("taken@other.test", "This address is in use");
        var address = "";
        var answers = await NodeClient.RunAsync(
            "mailtm.mjs",
            async line =>
            {
                address = line;
                await dialects.Mail.DeliverAsync(address, Encoding.ASCII.GetBytes(
                    "From: Shop <code@shop.example>\r\nSubject: Your code\r\nMessage-ID: <one@shop.example>\r\n"
                        + "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/html\r\n\r\n"
                        + "<b>482913</b>\r\n--m\r\nContent-Type: text/csv\r\n"
                        + "Content-Disposition: attachment; filename=a.csv\r\n\r\nhello\r\n--m--\r\n"));
            },
            dialects.Web.Address.ToString().TrimEnd('/'));

        Assert.EndsWith("@other.test", address, StringComparison.Ordinal);
        Assert.Equal("other.test", (string)answers["domains"]![0]!["domain"]!);
        Assert.Equal("other.test", (string)answers["domain"]!["domain"]!);
        Assert.Equal("""[422,"address: This value is already used."]""", answers["taken"]!.ToJsonString());
        Assert.All((string[])["account", "token"], n => Assert.Equal(address, (string)answers[n]!));
        Assert.Equal(address, (string)answers["me"]!["address"]!);
        Assert.Empty(answers["before"]!.AsArray());
        AssertMessage(answers);
        Assert.True((bool)answers["seen"]!["seen"]!);
        Assert.True((bool)answers["seenThen"]!);
        Assert.Equal("""[401,"Address and password do not belong together"]""", answers["wrong"]!.ToJsonString());
        Assert.Equal(
            [204, 404, 204, 401],
            ((string[])["deleted", "gone", "closed", "afterwards"]).Select(n => (int)answers[n]!));
        Assert.Equal(
            0L, await dialects.Mail.ScalarAsync($"select count(*) from private_emails where inbox = '{address}'"));
        Assert.Empty((await _http.GetJsonAsync($"/v1/inboxes/{address}/messages")).Ids());
    }

    [Fact]
    public async Task Linked_data_is_given_to_whoever_does_not_want_json()
    {
        using var response = await _http.GetAsync("/domains");
        Assert.Equal("application/ld+json", response.Content.Headers.ContentType!.MediaType);
        var domains = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("hydra:Collection", (string)domains["@type"]!);
        Assert.Equal(2, (int)domains["hydra:totalItems"]!);
        Assert.Equal("Domain", (string)domains["hydra:member"]![0]!["@type"]!);
    }

    [Fact]
    public async Task Mail_comes_in_pages()
    {
        var (account, token) = await SignUpAsync(dialects.NewInbox());
        for (var i = 0; i < 31; i++)
        {
            await dialects.Mail.DeliverAsync(account, $"{i}");
        }

        using var first = await _http.SendAsync(HttpMethod.Get, "/messages", bearer: token);
        var page = JsonNode.Parse(await first.Content.ReadAsStringAsync())!;
        Assert.Equal("/messages?page=2", (string)page["hydra:view"]!["hydra:next"]!);
        Assert.Equal("30", (string)page["hydra:member"]![0]!["subject"]!);
        Assert.Equal(30, page["hydra:member"]!.AsArray().Count);
        using var second = await _http.SendAsync(HttpMethod.Get, "/messages?page=2", bearer: token);
        Assert.Equal(
            "0", (string)JsonNode.Parse(await second.Content.ReadAsStringAsync())!["hydra:member"]![0]!["subject"]!);
    }

    [Theory]
    [InlineData("POST", "/accounts", """{"address":"admin@temp.example","password":"a password"}""", 422)]
    [InlineData("POST", "/accounts", """{"address":"Admin+x@temp.example","password":"a password"}""", 422)]
    [InlineData("POST", "/accounts", """{"address":"a@nowhere.example","password":"a password"}""", 422)]
    [InlineData("POST", "/accounts", """{"address":"short@temp.example","password":"short"}""", 422)]
    [InlineData("POST", "/accounts", """{"address":"x","password":"a password"}""", 400)]
    [InlineData("POST", "/accounts", "{", 400)]
    [InlineData("POST", "/token", """{"address":"nobody@temp.example","password":"a password"}""", 401)]
    [InlineData("GET", "/me", null, 401)]
    [InlineData("GET", "/messages", null, 401)]
    [InlineData("GET", "/messages/0198c0de-0000-7000-8000-000000000000", null, 401)]
    [InlineData("GET", "/.well-known/mercure?topic=/accounts/x", null, 401)]
    [InlineData("PATCH", "/messages/x", null, 401)]
    public async Task What_cannot_be_is_said_in_words_of_theirs(string method, string path, string? body, int status)
    {
        using var response = await _http.SendAsync(new HttpMethod(method), path, body);
        Assert.Equal(status, (int)response.StatusCode);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(status, (int)problem["code"]!);
        Assert.NotEmpty((string)problem["message"]!);
        Assert.Equal("hydra:Error", (string)problem["@type"]!);
    }

    [Fact]
    public async Task An_account_sees_its_own_mail_and_no_other()
    {
        var (mine, token) = await SignUpAsync(dialects.NewInbox());
        var (other, _) = await SignUpAsync(dialects.NewInbox());
        await dialects.Mail.DeliverAsync(other, "theirs");
        var id = await dialects.Mail.NewestIdAsync(other, "private_emails");
        foreach (var (method, path, status) in ((HttpMethod, string, HttpStatusCode)[])[
            (HttpMethod.Get, $"/messages/{id}", HttpStatusCode.NotFound),
            (HttpMethod.Delete, $"/messages/{id}", HttpStatusCode.NotFound),
            (HttpMethod.Get, $"/sources/{id}", HttpStatusCode.NotFound),
            (HttpMethod.Get, $"/messages/{id}/download", HttpStatusCode.NotFound),
            (HttpMethod.Get, "/.well-known/mercure?topic=/accounts/other", HttpStatusCode.Forbidden),
            (HttpMethod.Delete, "/accounts/other", HttpStatusCode.Unauthorized)])
        {
            using var response = await _http.SendAsync(method, path, bearer: token);
            Assert.Equal(status, response.StatusCode);
        }

        Assert.Equal(true, await dialects.Mail.ScalarAsync(
            $"select mail_ttl = interval '7 days' and expires_at is null from inbox_lease where address = '{mine}'"));
        using var again = await _http.SendAsync(HttpMethod.Post, "/accounts", Credentials(mine));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
    }

    /// <summary>They would wait for whoever tries addresses that are taken.</summary>
    [Fact]
    public async Task Commits_do_not_wait_for_an_account_that_is_not_to_be_had()
    {
        var (mine, _) = await SignUpAsync(dialects.NewInbox());
        await using var committing = await dialects.Mail.DataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlCommand(
            $"begin; select pg_advisory_xact_lock_shared({AdvisoryLocks.PrivateAddresses})", committing);
        await batch.ExecuteNonQueryAsync();
        using var taken = await _http.SendAsync(HttpMethod.Post, "/accounts", Credentials(mine));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
    }

    private static void AssertMessage(JsonNode answers)
    {
        var (seen, message) = (answers["event"]!, answers["message"]!);
        Assert.Equal("Message", (string)seen["@type"]!);
        Assert.Equal("Your code", (string)seen["subject"]!);
        Assert.Equal("code@shop.example", (string)seen["from"]!["address"]!);
        Assert.Equal((string)seen["id"]!, (string)Assert.Single(answers["messages"]!.AsArray())!["id"]!);
        Assert.Equal("<one@shop.example>", (string)answers["messages"]![0]!["msgid"]!);
        Assert.Contains("<b>482913</b>", (string)message["html"]![0]!, StringComparison.Ordinal);
        Assert.Contains("482913", (string)message["text"]!, StringComparison.Ordinal);
        Assert.Equal("a.csv", (string)message["attachments"]![0]!["filename"]!);
        Assert.Equal("hello", (string)answers["attachment"]!);
        Assert.StartsWith("From: Shop", (string)answers["source"]!["data"]!, StringComparison.Ordinal);
    }

    private static string Credentials(string address) => $$"""{"address":"{{address}}","password":"a password"}""";

    private async Task<(string Address, string Token)> SignUpAsync(string address)
    {
        using var made = await _http.SendAsync(HttpMethod.Post, "/accounts", Credentials(address));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var opened = await _http.SendAsync(HttpMethod.Post, "/token", Credentials(address));
        return (address, (string)JsonNode.Parse(await opened.Content.ReadAsStringAsync())!["token"]!);
    }
}
