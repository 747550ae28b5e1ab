using System.Net;
using System.Text;
using Cybertemp.Tests.Web.Html;

namespace Cybertemp.Tests.Web.Messages;

public sealed class HtmlEndpointTests(WebFixture web) : IClassFixture<WebFixture>
{
    private const string Mail =
        "<p onclick=alert(1)>Hello<script>alert(1)</script><img src=\"https://shop.example/p.gif\">"
        + "<img src=\"cid:logo\"></p>";

    [Fact]
    public async Task Is_a_document_of_its_own_behind_two_walls()
    {
        var id = await DeliverAsync();
        using var response = await web.Web.Client.GetAsync($"/v1/messages/{id}/html");
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
                + "img-src data:; font-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
            response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        var html = await response.Content.ReadAsStringAsync();
        Assert.Empty(HtmlOracle.Offences(html));
        Assert.Contains("<title>Two walls</title>", html, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/gif;base64,R0lGODlh", html, StringComparison.Ordinal);
        Assert.DoesNotContain("shop.example", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_pictures_of_the_web_when_asked_for()
    {
        var id = await DeliverAsync();
        using var response = await web.Web.Client.GetAsync($"/v1/messages/{id}/html?images=1");
        Assert.Contains(
            "img-src data: https:;", response.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.Contains(
            "https://shop.example/p.gif", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_there_for_what_is_no_message()
    {
        using var unknown = await web.Web.Client.GetAsync($"/v1/messages/{Guid.CreateVersion7()}/html");
        Assert.Equal("no-such-message", await unknown.ProblemAsync(HttpStatusCode.NotFound));
        using var malformed = await web.Web.Client.GetAsync("/v1/messages/1/html");
        Assert.Equal("malformed-id", await malformed.ProblemAsync(HttpStatusCode.BadRequest));
    }

    private async Task<Guid> DeliverAsync()
    {
        var inbox = web.NewInbox();
        await web.Mail.DeliverAsync(inbox, Encoding.UTF8.GetBytes(
            $"""
            From: Shop <news@shop.example>
            Subject: Two walls
            Content-Type: multipart/related; boundary=r

            --r
            Content-Type: text/html; charset=utf-8

            {Mail}
            --r
            Content-Type: image/gif
            Content-ID: <logo>
            Content-Transfer-Encoding: base64

            R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7
            --r--
            """.ReplaceLineEndings("\r\n")));
        return await web.Mail.NewestIdAsync(inbox);
    }
}
