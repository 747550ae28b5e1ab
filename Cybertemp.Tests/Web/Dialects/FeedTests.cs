using System.Net;
using System.Text;
using System.Xml.Linq;
using Cybertemp.Tests.Web.Dialects.Clients;

namespace Cybertemp.Tests.Web.Dialects;

/// <summary>An inbox in a feed reader.</summary>
[Collection(DialectGroup.Name)]
public sealed class FeedTests(DialectFixture dialects)
{
    private readonly HttpClient _http = dialects.Web.Client;

    [Fact]
    public async Task A_feed_reader_understands_it()
    {
        var inbox = dialects.NewInbox();
        await dialects.Mail.DeliverAsync(inbox, "First", "<script>alert('hello')</script> & more");
        await dialects.Mail.DeliverAsync(inbox, Encoding.UTF8.GetBytes(
            "From: \"A & B\" <news@shop.example>\r\nSubject: =?utf-8?q?=01Gr=C3=BC=C3=9Fe_]]>_=F0=9F=98=80?=\r\n"
                + "\r\nSecond"));

        var feed = await NodeClient.RunAsync("feed.mjs", new Uri(dialects.Web.Address, Path(inbox)).ToString());

        Assert.Equal(inbox, (string)feed["title"]!);
        var page = new Uri(dialects.Web.Address, $"/inbox/{inbox}").ToString();
        Assert.Equal(page, (string)feed["link"]!);
        var (newest, oldest) = (feed["items"]![0]!, feed["items"]![1]!);
        var id = await dialects.Mail.NewestIdAsync(inbox);
        Assert.EndsWith("Grüße ]]> 😀", (string)newest["title"]!, StringComparison.Ordinal);
        Assert.Equal($"{page}/{id}", (string)newest["link"]!);
        Assert.Equal($"{id}", (string)newest["guid"]!);
        Assert.Equal("news@shop.example (A & B)", (string)newest["author"]! ?? (string)newest["creator"]!);
        Assert.Equal(
            TimeProvider.System.GetUtcNow().UtcDateTime,
            DateTime.Parse((string)newest["isoDate"]!, provider: null).ToUniversalTime(), TimeSpan.FromMinutes(5));
        Assert.Equal("&lt;script&gt;alert(&#39;hello&#39;)&lt;/script&gt; &amp; more", (string)oldest["content"]!);
        using var shown = await _http.GetAsync($"/inbox/{inbox}/{id}");
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Fact]
    public async Task It_is_not_sent_again_until_something_changed()
    {
        var inbox = dialects.NewInbox();
        await dialects.Mail.DeliverAsync(inbox, "only");
        using var first = await _http.GetAsync(Path(inbox));
        Assert.Equal("application/rss+xml", first.Content.Headers.ContentType!.MediaType);
        using var again = new HttpRequestMessage(HttpMethod.Get, Path(inbox));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await _http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_private_inbox_is_an_empty_one()
    {
        var inbox = dialects.NewInbox();
        await dialects.Mail.MakePrivateAsync(inbox, "password");
        await dialects.Mail.DeliverAsync(inbox, "private");
        Assert.Empty(XDocument.Parse(await _http.GetStringAsync(new Uri(Path(inbox), UriKind.Relative)))
            .Descendants("item"));
        using var malformed = await _http.GetAsync("/v1/inboxes/x/feed");
        Assert.Equal("malformed-address", await malformed.ProblemAsync(HttpStatusCode.BadRequest));
    }

    private static string Path(string inbox) => $"/v1/inboxes/{inbox}/feed";
}
