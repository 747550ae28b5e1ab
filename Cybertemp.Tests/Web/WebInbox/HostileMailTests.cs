using System.Text;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web.Html;
using Cybertemp.Web.Html;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>Mail that tries to get out of its frame, in a real browser; a server counts what does.</summary>
[Collection(InboxGroup.Name)]
public sealed class HostileMailTests(InboxFixture inbox)
{
    private const string Sandbox = "sandbox=\"allow-popups allow-popups-to-escape-sandbox\"";

    [Fact]
    public async Task The_ways_out_are_open_where_there_is_no_wall()
    {
        await using var trap = await TrapServer.StartAsync();
        await FrameAsync(trap, static way => way, policy: "", sandbox: "");
        Assert.True(trap.Caught.Count >= 25, string.Concat(trap.Caught));
        Assert.Contains("/trap/run", trap.Caught, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Each_wall_holds_alone()
    {
        await using var first = await TrapServer.StartAsync();
        await FrameAsync(
            first, static way => MailDocument.Render("x", way, static _ => default, showsRemote: false), "", "");
        Assert.Empty(first.Caught);

        await using var second = await TrapServer.StartAsync();
        await FrameAsync(second, static way => way, ContentPolicy.Mail, Sandbox);
        Assert.Empty(second.Caught);
    }

    [Fact]
    public async Task Nothing_gets_out_of_the_inbox()
    {
        await using var trap = await TrapServer.StartAsync();
        var address = inbox.NewInbox();
        var groups = WaysOut.All.Select(trap.Bait).Chunk(16).ToList();
        for (var group = 0; group < groups.Count; group++)
        {
            await inbox.Mail.DeliverAsync(
                address,
                Mails.Html(
                    $"Hostile {group}", $"{string.Join("\r\n<hr>\r\n", groups[group])}\r\n<p id=end>the end</p>"));
        }

        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        var opened = new List<string>();
        visit.Page.Context.Page += (_, page) => opened.Add(page.Url);
        for (var group = 0; group < groups.Count; group++)
        {
            await visit.ReadAsync($"Hostile {group}");
            await Expect(visit.Mail.Locator("body")).ToBeVisibleAsync();
            await visit.SettleAsync();
            Assert.Contains(InboxFixture.PathOf(address), visit.Page.Url, StringComparison.Ordinal);
        }

        Assert.Empty(trap.Caught);
        Assert.Empty(opened);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task What_headers_and_text_say_is_text()
    {
        const string Markup = "<img src=x onerror=document.title=1><b>bold</b>";
        var address = inbox.NewInbox();
        await inbox.Mail.DeliverAsync(address, Encoding.UTF8.GetBytes(
            $"""
            From: "{Markup}" <x@shop.example>
            Subject: {Markup}
            X-Note: {Markup}
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: text/plain; charset=utf-8

            {Markup} javascript:alert(1) https://shop.example/"onclick=alert(1)
            --m
            Content-Type: text/html; name="<b>x</b>.html"
            Content-Disposition: attachment; filename="<b>x</b>.html"

            <script>document.title = 1</script>
            --m--
            """.ReplaceLineEndings("\r\n")));
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await visit.ReadAsync(Markup);
        foreach (var tab in (string[])["Headers", "Source", "Text"])
        {
            await visit.Page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await Expect(visit.Page.Locator("#view")).ToContainTextAsync("onerror=");
        }

        await Expect(visit.Page.Locator("#message a[href='https://shop.example/']")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("#message a[href^=javascript]")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("#panes img, #panes b, #panes script")).ToHaveCountAsync(0);
        await Expect(visit.Page).ToHaveTitleAsync($"{address} · Cybertemp");
        using var client = new HttpClient { BaseAddress = inbox.Address };
        using var attached = await client.GetAsync(
            $"/v1/messages/{await inbox.Mail.NewestIdAsync(address)}/attachments/0");
        Assert.Equal("attachment", attached.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains(
            "sandbox", attached.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Pictures_of_the_web_wait_for_a_click_and_for_this_mail_only()
    {
        await using var trap = await TrapServer.StartAsync();
        var address = inbox.NewInbox();
        foreach (var subject in (string[])["Tracked", "Watched too"])
        {
            var picture = new Uri(trap.SecureAddress, $"/trap/{subject.Length}.png");
            await inbox.Mail.DeliverAsync(address, Mails.Html(subject, $"<p>Sale</p><img src=\"{picture}\" alt=x>"));
        }

        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await visit.ReadAsync("Tracked");
        await Expect(visit.Mail.Locator("p")).ToHaveTextAsync("Sale");
        Assert.Empty(trap.Caught);
        await visit.Button("Show pictures").ClickAsync();
        await Expect(visit.Mail.Locator("img[src^=https]")).ToHaveCountAsync(1);
        await Eventually.TrueAsync(() => trap.Caught.Count > 0);
        await visit.ReadAsync("Watched too");
        await Expect(visit.Button("Show pictures")).ToBeVisibleAsync();
        await visit.SettleAsync();
        Assert.Equal(["/trap/7.png"], trap.Caught);
    }

    [Fact]
    public async Task A_link_opens_a_tab_that_knows_nothing_of_the_inbox()
    {
        await using var trap = await TrapServer.StartAsync();
        trap.Serve("/landing", "<!doctype html><title>Landing</title>");
        var address = inbox.NewInbox();
        await inbox.Mail.DeliverAsync(
            address, Mails.Html("Link", $"<a href=\"{new Uri(trap.Address, "/landing")}\">https://bank.example</a>"));
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await visit.ReadAsync("Link");
        var link = visit.Mail.GetByRole(AriaRole.Link);
        await Expect(link).ToHaveAttributeAsync("title", "127.0.0.1");
        var landing = await visit.Page.Context.RunAndWaitForPageAsync(() => link.ClickAsync());
        await Expect(landing).ToHaveTitleAsync("Landing");
        Assert.Equal(
            """{"opener":null,"referrer":""}""",
            await landing.EvaluateAsync<string>(
                "JSON.stringify({ opener: window.opener, referrer: document.referrer })"));
    }

    /// <summary>All ways out at once, each in a frame, until the network is silent.</summary>
    private async Task FrameAsync(TrapServer trap, Func<string, string> first, string policy, string sandbox)
    {
        var ways = WaysOut.All.Select(trap.Bait).ToList();
        for (var way = 0; way < ways.Count; way++)
        {
            trap.Serve($"/way/{way}", first($"{ways[way]}\n"), policy);
        }

        var frames = Enumerable.Range(0, ways.Count).Select(i => $"<iframe src=/way/{i} {sandbox}></iframe>");
        trap.Serve("/frames", string.Concat(frames));
        await using var context = await inbox.VisitAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(trap.Address, "/frames").ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await Eventually.TrueAsync(() => trap.Served.Count >= ways.Count + 1);
        await Visit.SettleAsync(page);
    }
}
