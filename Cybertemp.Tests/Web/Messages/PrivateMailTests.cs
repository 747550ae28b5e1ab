using System.Net;

namespace Cybertemp.Tests.Web.Messages;

/// <summary>To the public a private address is one without mail, and its messages were never sent.</summary>
public sealed class PrivateMailTests(WebFixture web) : IClassFixture<WebFixture>
{
    private readonly HttpClient _http = web.Web.Client;

    [Fact]
    public async Task Answers_for_a_private_address_as_for_an_empty_one()
    {
        var (secret, empty) = ("secret@temp.example", "nobody@temp.example");
        await web.Mail.MakePrivateAsync(secret, "password");
        await web.Mail.DeliverAsync(secret, "private");
        var id = await web.Mail.NewestIdAsync(secret, "private_emails");
        var never = Guid.CreateVersion7();
        (HttpMethod Method, string Path, string? Body)[] requests =
        [
            (HttpMethod.Get, "/v1/inboxes/{0}/messages", null),
            (HttpMethod.Get, "/v1/inboxes/{0}/messages?after={1}", null),
            (HttpMethod.Get, "/v1/inboxes/{0}/messages?subject=private", null),
            (HttpMethod.Delete, "/v1/inboxes/{0}/messages", null),
            (HttpMethod.Get, "/v1/messages/{1}", null),
            (HttpMethod.Get, "/v1/messages/{1}/raw", null),
            (HttpMethod.Get, "/v1/messages/{1}/text", null),
            (HttpMethod.Get, "/v1/messages/{1}/attachments/0", null),
            (HttpMethod.Patch, "/v1/messages/{1}", """{"read":true}"""),
            (HttpMethod.Delete, "/v1/messages/{1}", null),
            (HttpMethod.Get, "/v1/inboxes/other@temp.example/messages?before={1}", null),
        ];
        foreach (var (method, path, body) in requests)
        {
            var forSecret = await _http.WholeAsync(method, string.Format(null, path, secret, id), body);
            Assert.Equal(await _http.WholeAsync(method, string.Format(null, path, empty, never), body), forSecret);
        }

        Assert.Equal(1L, await web.Mail.ScalarAsync($"select count(*) from private_emails where inbox = '{secret}'"));
    }

    /// <summary>The command that makes an address private moves its mail step by step.</summary>
    [Fact]
    public async Task Hides_temporary_mail_as_soon_as_its_address_is_private()
    {
        const string Inbox = "turning@temp.example";
        await web.Mail.DeliverAsync(Inbox, "not moved yet");
        var path = $"/v1/messages/{await web.Mail.NewestIdAsync(Inbox)}";
        await web.Mail.ScalarAsync($"insert into private_email (email) values ('{Inbox}')");
        Assert.Empty((await _http.GetJsonAsync($"/v1/inboxes/{Inbox}/messages")).Ids());
        using var read = await _http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        using var deleted = await _http.SendAsync(HttpMethod.Delete, path);
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        using var emptied = await _http.SendAsync(HttpMethod.Delete, $"/v1/inboxes/{Inbox}/messages");
        Assert.Equal("""{"deleted":0}""", await emptied.Content.ReadAsStringAsync());
    }
}
