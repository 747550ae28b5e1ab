using System.Net;
using System.Security.Cryptography;
using System.Text;
using Cybertemp.Tests.Mail.Mime;

namespace Cybertemp.Tests.Web.Messages;

public sealed class OneMessageTests(WebFixture web) : IClassFixture<WebFixture>
{
    private readonly HttpClient _http = web.Web.Client;

    [Fact]
    public async Task Has_all_that_is_known_of_it()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, Encoding.UTF8.GetBytes(
            "From: Shop <news@shop.example>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@shop.example>\r\n"
                + "Date: Fri, 2 Jan 2026 03:04:05 +0200\r\nX-Tag: one\r\nX-Tag: two\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n\r\n"
                + "<p>Your verification code is <b>482913</b> <script>x</script>"));

        var message = await _http.GetJsonAsync($"/v1/messages/{await web.Mail.NewestIdAsync(inbox)}");

        Assert.Equal("Grüße", message["subject"]!.GetValue<string>());
        Assert.Contains("<script>x</script>", message["html"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(
            "Your verification code is 482913", message["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("1@shop.example", message["messageId"]!.GetValue<string>());
        Assert.Equal("2026-01-02T01:04:05Z", message["date"]!.GetValue<string>());
        Assert.Equal("bounce@shop.example", message["mailFrom"]!.GetValue<string>());
        Assert.Equal("127.0.0.1", message["clientIp"]!.GetValue<string>());
        Assert.Equal("482913", message["code"]!.GetValue<string>());
        Assert.Equal(
            ["one", "two"],
            message["headers"]!.AsArray().Where(static h => h!["name"]!.GetValue<string>() == "X-Tag")
                .Select(static h => h!["value"]!.GetValue<string>()),
            StringComparer.Ordinal);
        var (received, expires) =
            (message["receivedAt"]!.GetValue<DateTime>(), message["expiresAt"]!.GetValue<DateTime>());
        Assert.Equal(received.Date.AddDays(8), expires);
    }

    [Fact]
    public async Task Gives_its_octets_as_they_came()
    {
        var inbox = web.NewInbox();
        var raw = new byte[3_000_000];
        new Random(1).NextBytes(raw);
        await web.Mail.DeliverAsync(inbox, raw);

        using var response = await _http.GetAsync($"/v1/messages/{await web.Mail.NewestIdAsync(inbox)}/raw");

        Assert.Equal("message/rfc822", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(raw.Length, response.Content.Headers.ContentLength);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(
            SHA256.HashData(raw), SHA256.HashData(await response.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task Gives_its_text_as_text()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, "subject", "<b>grüß</b>");
        using var response = await _http.GetAsync($"/v1/messages/{await web.Mail.NewestIdAsync(inbox)}/text");
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("<b>grüß</b>", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Gives_each_attachment_decoded_and_as_a_download()
    {
        var inbox = web.NewInbox();
        byte[] sent = [0x89, .. "PNG"u8, 0, 1, 2];
        await web.Mail.DeliverAsync(inbox, Encoding.UTF8.GetBytes(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n"
                + Part("image/png", "\"pic\\\"ture.png\"", sent)
                + Part("text/html", "\"../grüße.html\"", "<script>alert(1)</script>"u8.ToArray())
                + Part("x/y\r\n\tSet-Cookie: a=b", "c", "d"u8.ToArray()) + "--b--\r\n"));
        var path = $"/v1/messages/{await web.Mail.NewestIdAsync(inbox)}";
        var listed = (await _http.GetJsonAsync(path))["attachments"]!.AsArray();
        Assert.Equal([0, 1, 2], listed.Select(static a => a!["index"]!.GetValue<int>()));

        using var picture = await _http.GetAsync($"{path}/attachments/0");
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal("inline", picture.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(sent, await picture.Content.ReadAsByteArrayAsync());

        using var page = await _http.GetAsync($"{path}/attachments/1");
        Assert.Equal("attachment", page.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("grüße.html", page.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.StartsWith(
            "sandbox;", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var odd = await _http.GetAsync($"{path}/attachments/2");
        Assert.False(odd.Headers.Contains("Set-Cookie"));
        foreach (var index in (string[])["3", "-1", "x", "99999999999"])
        {
            using var missing = await _http.GetAsync($"{path}/attachments/{index}");
            Assert.Equal("no-such-attachment", await missing.ProblemAsync(HttpStatusCode.NotFound));
        }

        static string Part(string type, string name, byte[] content) =>
            $"--b\r\nContent-Type: {type}\r\nContent-Disposition: attachment; filename={name}\r\n"
                + $"Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(content)}\r\n";
    }

    /// <summary>Crafted mail must be readable by its reader, whatever the one who stored it made of it.</summary>
    [Fact]
    public async Task Is_shown_whatever_was_sent()
    {
        foreach (var name in MimeCorpus.Names)
        {
            var inbox = web.NewInbox();
            await web.Mail.DeliverAsync(inbox, MimeCorpus.Read(name));
            var path = $"/v1/messages/{await web.Mail.NewestIdAsync(inbox)}";
            Assert.Single((await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages")).Ids());
            foreach (var attachment in (await _http.GetJsonAsync(path))["attachments"]!.AsArray())
            {
                using var content = await _http.GetAsync($"{path}/attachments/{attachment!["index"]}");
                Assert.Equal(HttpStatusCode.OK, content.StatusCode);
                Assert.Equal(
                    attachment["sizeBytes"]!.GetValue<long>(), (await content.Content.ReadAsByteArrayAsync()).Length);
            }
        }
    }

    [Fact]
    public async Task Is_marked_and_deleted()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, "subject");
        var path = $"/v1/messages/{await web.Mail.NewestIdAsync(inbox)}";
        foreach (var read in (bool[])[true, false])
        {
            using var marked = await _http.SendAsync(
                HttpMethod.Patch, path, $$"""{"read":{{(read ? "true" : "false")}}}""");
            Assert.Equal(HttpStatusCode.NoContent, marked.StatusCode);
            Assert.Equal(read, (await _http.GetJsonAsync(path))["read"]!.GetValue<bool>());
        }

        using var deleted = await _http.SendAsync(HttpMethod.Delete, path);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var again = await _http.SendAsync(HttpMethod.Delete, path);
        Assert.Equal("no-such-message", await again.ProblemAsync(HttpStatusCode.NotFound));
        using var gone = await _http.GetAsync(path);
        Assert.Equal("no-such-message", await gone.ProblemAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Goes_with_its_inbox_however_many_there_are()
    {
        var (inbox, other) = (web.NewInbox(), web.NewInbox());
        await web.Mail.DeliverAsync(inbox, "one");
        await web.Mail.DeliverAsync(other, "stays");
        await web.Mail.ScalarAsync($"""
            insert into emails select gen_random_uuid(), message_uid, inbox, received_at, mail_from, from_name,
                from_address, subject, text, html, message_id, date, raw, size_bytes, attachments, headers, parse_note,
                client_ip, helo, tls
            from emails, generate_series(1, 1200) where inbox = '{inbox}'
            """);
        using var deleted = await _http.SendAsync(HttpMethod.Delete, $"/v1/inboxes/{inbox}/messages");
        Assert.Equal("""{"deleted":1201}""", await deleted.Content.ReadAsStringAsync());
        Assert.Empty((await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages")).Ids());
        Assert.Single((await _http.GetJsonAsync($"/v1/inboxes/{other}/messages")).Ids());
    }

    [Fact]
    public async Task On_hold_leaves_the_reader_but_not_the_store()
    {
        var inbox = web.NewInbox();
        await web.Mail.ScalarAsync($"insert into inbox_hold (address) values ('{inbox}')");
        await web.Mail.DeliverAsync(inbox, "evidence");
        await web.Mail.DeliverAsync(inbox, "more");
        using var one = await _http.SendAsync(
            HttpMethod.Delete, $"/v1/messages/{await web.Mail.NewestIdAsync(inbox)}");
        Assert.Equal(HttpStatusCode.NoContent, one.StatusCode);
        using var rest = await _http.SendAsync(HttpMethod.Delete, $"/v1/inboxes/{inbox}/messages");
        Assert.Equal("""{"deleted":1}""", await rest.Content.ReadAsStringAsync());
        Assert.Empty((await _http.GetJsonAsync($"/v1/inboxes/{inbox}/messages")).Ids());
        Assert.Equal(2L, await web.Mail.ScalarAsync($"select count(*) from held_emails where inbox = '{inbox}'"));
    }
}
