using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;
using Cybertemp.Web.WebInbox;

namespace Cybertemp.Tests.Web.WebInbox;

public sealed class PageFilesTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/inbox/box@temp.example")]
    [InlineData("/all")]
    [InlineData("/inbox/a%2Fb@temp.example/0198c0de-0000-7000-8000-000000000000")]
    public async Task Is_served_at_each_of_its_addresses(string path)
    {
        using var response = await web.Web.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith(
            "<!doctype html>", await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Is_sent_compressed(string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept-Encoding", $"deflate, {coding}");
        using var response = await web.Web.Client.SendAsync(request);
        Assert.Equal([coding], response.Content.Headers.ContentEncoding);
        await using var content = await response.Content.ReadAsStreamAsync();
        await using Stream plain = coding is "br"
            ? new BrotliStream(content, CompressionMode.Decompress)
            : new GZipStream(content, CompressionMode.Decompress);
        using var text = new StreamReader(plain);
        Assert.StartsWith("<!doctype html>", await text.ReadToEndAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Weighs_less_than_60_KB_compressed()
    {
        var files = new PageFiles();
        var weight = Directory.GetFiles(Path.Combine(Repository.Root, "Cybertemp.Web", "wwwroot"))
            .Sum(f => files.Find(Path.GetFileName(f))!.Gzip.Length);
        Assert.InRange(weight, 1000, 60_000);
    }

    [Fact]
    public async Task Its_files_are_asked_for_once_a_version()
    {
        var page = await web.Web.Client.GetStringAsync(new Uri("/", UriKind.Relative));
        var script = new Regex("/assets/[0-9a-f]+/app[.]js", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Match(page).Value;
        using var response = await web.Web.Client.GetAsync(script);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var old = await web.Web.Client.GetAsync("/assets/0123/app.js");
        Assert.Equal("no-cache", old.Headers.CacheControl!.ToString());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/0123/app.js");
        request.Headers.Add("If-None-Match", old.Headers.ETag!.ToString());
        using var again = await web.Web.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/assets/0123/index.html")]
    [InlineData("/assets/0123/none.js")]
    [InlineData("/assets/0123/..%2Fappsettings.json")]
    public async Task Nothing_else_is_served(string path)
    {
        using var response = await web.Web.Client.GetAsync(path);
        Assert.Equal("no-such-resource", await response.ProblemAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Is_found_wherever_the_program_was_started()
    {
        await using var process = await ServiceProcess.StartAsync(
            "Cybertemp.Web",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = web.Mail.ConnectionString,
            });
        var port = await process.WaitForPortAsync("Now listening on");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.Contains("<html", await client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/health", UriKind.Relative)));
        await process.SignalAsync("TERM");
        Assert.Equal(0, await process.WaitForExitAsync());
    }
}
