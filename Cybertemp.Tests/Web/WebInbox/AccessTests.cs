using System.Text.Json;
using Cybertemp.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>For everybody: small screens, no mouse, the dark, assistive technology, long lists.</summary>
[Collection(InboxGroup.Name)]
public sealed class AccessTests(InboxFixture inbox)
{
    private const int Many = 10_000;

    [Theory]
    [InlineData(390)]
    [InlineData(320)]
    public async Task Is_one_column_on_a_phone(int width)
    {
        var address = inbox.NewInbox();
        await inbox.Mail.DeliverAsync(
            address, Mails.WithAttachments("A subject_that_is_longer_than_a_phone_is_wide_in_one_word"));
        await inbox.Mail.DeliverAsync(address, Mails.WithCode());
        await using var visit = await inbox.OpenAsync(
            InboxFixture.PathOf(address), new() { ViewportSize = new() { Width = width, Height = 640 } });
        await Expect(visit.Rows).ToHaveCountAsync(2);
        await AssertFitsAsync(visit);
        await visit.ReadAsync("Please verify your device");
        await Expect(visit.Rows.First).ToBeHiddenAsync();
        await AssertFitsAsync(visit);
        foreach (var tab in (string[])["Text", "Headers", "Source"])
        {
            await visit.Page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await AssertFitsAsync(visit);
        }

        await visit.Button("Back to the list").ClickAsync();
        await Expect(visit.Rows.First).ToBeVisibleAsync();
        await visit.Page.GotoAsync(InboxFixture.PathOf(inbox.NewInbox()));
        await Expect(visit.Hero).ToBeVisibleAsync();
        await AssertFitsAsync(visit);
        await visit.Button("Choose").ClickAsync();
        await AssertFitsAsync(visit);
    }

    [Fact]
    public async Task Needs_no_mouse()
    {
        var address = inbox.NewInbox();
        foreach (var subject in (string[])["Oldest", "Middle", "Newest"])
        {
            await inbox.Mail.DeliverAsync(address, subject);
        }

        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await Expect(visit.Rows).ToHaveCountAsync(3);
        var keys = visit.Page.Keyboard;
        await keys.PressAsync("Tab");
        await Expect(visit.Page.Locator(".skip")).ToBeFocusedAsync();
        await keys.PressAsync("j");
        await keys.PressAsync("j");
        await Expect(visit.Row("Middle").Locator("a")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(visit.Title).ToHaveTextAsync("Middle");
        await Expect(visit.Title).ToBeFocusedAsync();
        await keys.PressAsync("k");
        await Expect(visit.Title).ToHaveTextAsync("Newest");
        await keys.PressAsync("Escape");
        await Expect(visit.Row("Newest").Locator("a")).ToBeFocusedAsync();
        await keys.PressAsync("?");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(visit.Row("Newest").Locator("a")).ToBeFocusedAsync();
        await keys.PressAsync("c");
        await Expect(visit.Page.GetByText("Copied the address")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Axe_finds_nothing()
    {
        var address = await DeliverEachKindAsync();
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await Expect(visit.Rows).ToHaveCountAsync(3);
        await AssertNoViolationAsync(visit, "list");
        foreach (var subject in (string[])["Please verify your device", "Pictures"])
        {
            await visit.ReadAsync(subject);
            await AssertNoViolationAsync(visit, subject);
        }

        foreach (var tab in (string[])["Headers", "Source"])
        {
            await visit.Page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await AssertNoViolationAsync(visit, tab);
        }

        foreach (var dialog in (string[])["Choose another address", "Show as QR code", "Sign in", "Keys"])
        {
            await visit.Button(dialog).ClickAsync();
            await AssertNoViolationAsync(visit, dialog);
            await visit.Page.Keyboard.PressAsync("Escape");
        }

        foreach (var path in (string[])[InboxFixture.PathOf(inbox.NewInbox()), "/inbox/nonsense"])
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator("main:not(.loading) .hero h1")).ToBeVisibleAsync();
            await AssertNoViolationAsync(visit, path);
        }

        await visit.Page.GotoAsync($"/refused#key={Uri.EscapeDataString(InboxFixture.OperatorKey)}");
        await Expect(visit.Page.Locator(".refusals > :is(ul, p)")).ToBeVisibleAsync();
        await AssertNoViolationAsync(visit, "refused");
    }

    [Fact]
    public async Task Is_dark_where_the_system_is_and_can_be_read()
    {
        var address = await DeliverEachKindAsync();
        await using var visit = await inbox.OpenAsync(
            InboxFixture.PathOf(address), new() { ColorScheme = ColorScheme.Dark });
        await visit.ReadAsync("Pictures");
        Assert.Equal(
            "rgb(19, 20, 18)",
            await visit.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await AssertNoViolationAsync(visit, "message", "color-contrast");
        await visit.ReadAsync("Please verify your device");
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = "Headers" }).ClickAsync();
        await AssertNoViolationAsync(visit, "headers", "color-contrast");
        await visit.Button("Sign in").ClickAsync();
        await AssertNoViolationAsync(visit, "dialog", "color-contrast");
        await visit.Page.GotoAsync(InboxFixture.PathOf(inbox.NewInbox()));
        await Expect(visit.Hero).ToBeVisibleAsync();
        await AssertNoViolationAsync(visit, "empty", "color-contrast");
    }

    [Fact]
    public async Task A_camera_reads_the_code()
    {
        var address = inbox.NewInbox();
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await visit.Button("QR").ClickAsync();
        var drawing = visit.Page.GetByRole(AriaRole.Img, new() { Name = "QR code" });
        await Expect(drawing).ToBeVisibleAsync();
        await visit.Page.EvaluateAsync(await PageTools.ReadAsync(PageTools.QrReader));
        var read = await visit.Page.EvaluateAsync<string>(
            """
            async picture => {
                const image = new Image();
                image.src = `data:image/png;base64,${picture}`;
                await image.decode();
                const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
                const context = canvas.getContext('2d');
                context.drawImage(image, 0, 0);
                return jsQR(context.getImageData(0, 0, image.width, image.height).data, image.width, image.height)?.data;
            }
            """,
            Convert.ToBase64String(await drawing.ScreenshotAsync()));
        Assert.Equal(new Uri(inbox.Address, InboxFixture.PathOf(address)).ToString(), read);
    }

    [Fact]
    public async Task Ten_thousand_messages_are_a_list_like_any_other()
    {
        var address = inbox.NewInbox();
        await inbox.Mail.DeliverAsync(address, "Newest");
        await inbox.Mail.ScalarAsync(Copies(address));
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await Expect(visit.Row("Newest")).ToBeVisibleAsync();
        await Eventually.TrueAsync(async () => await visit.Page.EvaluateAsync<bool>(
            """
            () => {
                const list = document.getElementById('list');
                list.scrollTop = list.scrollHeight;
                return document.querySelector('.count').textContent.startsWith('10000 ');
            }
            """));
        await visit.Page.EvaluateAsync("document.getElementById('list').scrollTop = 1e9");
        await Expect(visit.Row("Copy 9999")).ToBeVisibleAsync();
        Assert.InRange(await visit.Rows.CountAsync(), 1, 40);
        await visit.Row("Copy 9999").Locator("a").ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("Copy 9999");
        await visit.Page.Keyboard.PressAsync("k");
        await Expect(visit.Title).ToHaveTextAsync("Copy 9998");

        var before = await visit.Page.EvaluateAsync<double>("document.getElementById('list').scrollTop");
        await inbox.Mail.DeliverAsync(address, "While reading");
        await Expect(visit.Page.Locator(".count")).ToContainTextAsync("10001 ");
        Assert.Equal(92, await visit.Page.EvaluateAsync<double>("document.getElementById('list').scrollTop") - before);
    }

    private async Task<string> DeliverEachKindAsync()
    {
        var address = inbox.NewInbox();
        await inbox.Mail.DeliverAsync(
            address, Mails.Html("Pictures", "<p>x <img src=\"https://shop.example/p.png\" alt=p></p>"));
        await inbox.Mail.DeliverAsync(address, Mails.WithAttachments("Invoice"));
        await inbox.Mail.DeliverAsync(address, Mails.WithCode());
        return address;
    }

    /// <summary>Older ones of the one message there is, each a second before.</summary>
    private static string Copies(string address)
    {
        var columns = "message_uid, inbox, mail_from, from_name, from_address, text, html, message_id, date, raw, "
            + "size_bytes, attachments, headers, parse_note, client_ip, helo, tls, read";
        return "select emails_add_day((now() at time zone 'UTC')::date - 1);"
            + $"""
            insert into emails (id, received_at, subject, {columns})
            select (lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
                || '8' || substr(md5(n::text), 4, 15))::uuid, t, 'Copy ' || n, {columns}
            from emails cross join generate_series(1, {Many - 1}) n
            cross join lateral (select date_trunc('milliseconds', received_at) - n * interval '1 second' as t) at
            where inbox = '{address}'
            """;
    }

    private static async Task AssertFitsAsync(Visit visit) => Assert.True(
        await visit.Page.EvaluateAsync<bool>(
            "[document.documentElement, document.body, document.getElementById('message')]"
                + ".every(e => e.scrollWidth <= innerWidth)"),
        "It is wider than the screen.");

    /// <summary>Of WCAG 2.2 AA and good practice.</summary>
    /// <param name="visit">What is looked at.</param>
    /// <param name="where">For the message.</param>
    /// <param name="rule">The only one asked about; null for all.</param>
    private static async Task AssertNoViolationAsync(Visit visit, string where, string? rule = null)
    {
        if (!await visit.Page.EvaluateAsync<bool>("'axe' in window"))
        {
            await visit.Page.EvaluateAsync(await PageTools.ReadAsync(PageTools.Axe));
        }

        var found = await visit.Page.EvaluateAsync<JsonElement>(
            """
            async rule => (await axe.run(document, {
                iframes: false,
                resultTypes: ['violations'],
                runOnly: rule ? [rule] : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            })).violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 200)).join(' | ')}`)
            """,
            rule);
        Assert.True(found.GetArrayLength() == 0, $"{where}: {found}");
    }
}
