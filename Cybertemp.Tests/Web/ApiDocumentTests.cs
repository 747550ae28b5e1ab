using System.Text.RegularExpressions;

namespace Cybertemp.Tests.Web;

public sealed partial class ApiDocumentTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task Lists_every_route()
    {
        var document = await web.Web.Client.GetJsonAsync("/openapi/v1.json");
        Assert.Equal(
            [
                "/v1/domains", "/v1/events", "/v1/inboxes", "/v1/inboxes/{address}", "/v1/inboxes/{address}/code",
                "/v1/inboxes/{address}/events", "/v1/inboxes/{address}/feed",
                "/v1/inboxes/{address}/messages", "/v1/messages", "/v1/messages/{id}",
                "/v1/messages/{id}/attachments/{index}",
                "/v1/messages/{id}/html", "/v1/messages/{id}/raw", "/v1/messages/{id}/text",
                "/v1/refusals", "/v1/search", "/v1/sessions",
            ],
            document["paths"]!.AsObject().Select(static p => p.Key).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        var summary = document["components"]!["schemas"]!["MessageSummary"]!["properties"]!.AsObject();
        Assert.True(summary.ContainsKey("messageUid"));
    }

    [Fact]
    public async Task Is_a_page_that_asks_nobody_else()
    {
        using var response = await web.Web.Client.GetAsync("/docs/");
        response.EnsureSuccessStatusCode();
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.All(Source().Matches(page), static m => Assert.DoesNotContain("//", m.Value, StringComparison.Ordinal));
        Assert.Contains(
            "connect-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        foreach (Match script in Source().Matches(page))
        {
            using var part = await web.Web.Client.GetAsync($"/docs/{script.Groups["path"].Value}");
            Assert.True(part.IsSuccessStatusCode, script.Value);
        }
    }

    [GeneratedRegex(
        "(src|href)=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Source();
}
