using Cybertemp.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>What a visitor does, in a real browser over a real service.</summary>
[Collection(InboxGroup.Name)]
public sealed class InboxPageTests(InboxFixture inbox)
{
    [Fact]
    public async Task Offers_an_address_at_once_and_shows_its_first_mail()
    {
        await using var visit = await inbox.OpenAsync("/");
        await Expect(visit.Hero).ToBeVisibleAsync();
        var address = await visit.Hero.InnerTextAsync();
        Assert.Equal("@temp.example", address[12..]);
        Assert.EndsWith($"/inbox/{address}", visit.Page.Url, StringComparison.Ordinal);
        await visit.Button("Copy address").ClickAsync();
        await Expect(visit.Page.GetByText("Copied the address")).ToBeVisibleAsync();
        Assert.Equal(address, await visit.ClipboardAsync());

        await inbox.Mail.DeliverAsync(address, Mails.WithCode());
        await Expect(visit.Row("Please verify your device")).ToBeVisibleAsync();
        await visit.Button($"Copy code {Mails.Code}").ClickAsync();
        await Expect(visit.Page.GetByText($"Copied code {Mails.Code}")).ToBeVisibleAsync();
        Assert.Equal(Mails.Code, await visit.ClipboardAsync());
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Comes_back_to_the_address_of_before()
    {
        var address = inbox.NewInbox();
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await Expect(visit.Hero).ToHaveTextAsync(address);
        await visit.Page.GotoAsync("/");
        await Expect(visit.Hero).ToHaveTextAsync(address);
        await visit.Button("New").ClickAsync();
        await Expect(visit.Hero).Not.ToHaveTextAsync(address);
        await visit.Button("Choose").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = address, Exact = true }).ClickAsync();
        await Expect(visit.Hero).ToHaveTextAsync(address);
    }

    [Fact]
    public async Task Takes_an_own_name_at_a_domain_of_the_menu()
    {
        await using var visit = await inbox.OpenAsync("/");
        await visit.Button("Choose").ClickAsync();
        await visit.Page.GetByLabel("Name").FillAsync("Ada.Lovelace");
        await Expect(visit.Page.GetByLabel("Domain", new() { Exact = true })).ToHaveValueAsync("temp.example");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Hero).ToHaveTextAsync("ada.lovelace@temp.example");
        await visit.Button("Choose").ClickAsync();
        await visit.Page.GetByLabel("Domain", new() { Exact = true }).SelectOptionAsync("*.many.example");
        await visit.Page.GetByLabel("Subdomain").FillAsync("Deep");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Hero).ToHaveTextAsync("ada.lovelace@deep.many.example");
        await visit.Page.GoBackAsync();
        await Expect(visit.Hero).ToHaveTextAsync("ada.lovelace@temp.example");
        await visit.Page.GoBackAsync();
        await Expect(visit.Hero).Not.ToHaveTextAsync("ada.lovelace@temp.example");
    }

    [Fact]
    public async Task Shows_a_message_in_four_views_and_that_it_was_read()
    {
        var address = inbox.NewInbox();
        await inbox.Mail.DeliverAsync(address, Mails.WithCode("Views"));
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await Expect(visit.Page).ToHaveTitleAsync($"(1) {address} · Cybertemp");
        await visit.ReadAsync("Views");
        await Expect(visit.Page.Locator("output.code")).ToHaveTextAsync(Mails.Code);
        await Expect(visit.Page.GetByText("noreply@lighthouse.example").First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Deleted in ")).ToBeVisibleAsync();
        await Expect(visit.Mail.Locator("h1")).ToHaveTextAsync(Mails.Code);
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = "Text" }).ClickAsync();
        await Expect(visit.Page.Locator("pre.text")).ToContainTextAsync("valid for 10 minutes");
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = "Headers" }).ClickAsync();
        await Expect(visit.Page.Locator(".headers")).ToContainTextAsync("bounce@shop.example");
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = "Source" }).ClickAsync();
        await Expect(visit.Page.Locator("pre.source")).ToContainTextAsync("boundary=b");
        await Expect(visit.Page).ToHaveTitleAsync($"{address} · Cybertemp");
        await Eventually.TrueAsync(async () =>
            (bool)(await inbox.Mail.ScalarAsync($"select read from emails where inbox = '{address}'"))!);
        await visit.Button("Mark as unread").ClickAsync();
        await Expect(visit.Page.Locator(".row.unread")).ToHaveCountAsync(1);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Saves_attachments_and_shows_the_pictures_of_the_mail_itself()
    {
        var address = inbox.NewInbox();
        await inbox.Mail.DeliverAsync(address, Mails.WithAttachments("Invoice"));
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await visit.ReadAsync("Invoice");
        var source = await visit.Mail.Locator("img").GetAttributeAsync("src");
        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(Mails.Picture)}", source);
        var download = await visit.Page.RunAndWaitForDownloadAsync(
            () => visit.Page.GetByRole(AriaRole.Link, new() { Name = "invoice.pdf" }).ClickAsync());
        Assert.Equal("invoice.pdf", download.SuggestedFilename);
        Assert.Equal("%PDF-1.7 invoice", await File.ReadAllTextAsync(await download.PathAsync()));
        var mail = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("Save as .eml").ClickAsync());
        Assert.Equal(Mails.WithAttachments("Invoice"), await File.ReadAllBytesAsync(await mail.PathAsync()));
    }

    [Fact]
    public async Task Deletes_one_and_all_and_other_tabs_know()
    {
        var address = inbox.NewInbox();
        foreach (var subject in (string[])["First", "Second", "Third"])
        {
            await inbox.Mail.DeliverAsync(address, subject);
        }

        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        var other = new Visit(visit.Page.Context, await visit.Page.Context.NewPageAsync());
        await other.Page.GotoAsync(InboxFixture.PathOf(address));
        await Expect(other.Rows).ToHaveCountAsync(3);
        await visit.ReadAsync("Second");
        await Expect(other.Page.Locator(".row.unread")).ToHaveCountAsync(2);
        await visit.Button("Delete").ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("First");
        await Expect(other.Rows).ToHaveCountAsync(2);
        Assert.Equal(2L, await inbox.Mail.ScalarAsync($"select count(*) from emails where inbox = '{address}'"));

        await other.Button("Delete all mail of this inbox").ClickAsync();
        await other.Button("Delete all").ClickAsync();
        await Expect(other.Hero).ToHaveTextAsync(address);
        await Expect(visit.Rows).ToHaveCountAsync(0);
        Assert.Equal(0L, await inbox.Mail.ScalarAsync($"select count(*) from emails where inbox = '{address}'"));
    }

    [Fact]
    public async Task Says_that_it_is_offline_and_misses_nothing()
    {
        var address = inbox.NewInbox();
        await inbox.Mail.DeliverAsync(address, "Before");
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await Expect(visit.Row("Before")).ToBeVisibleAsync();
        await visit.Page.Context.SetOfflineAsync(true);
        await Expect(visit.Page.GetByText("You are offline.")).ToBeVisibleAsync();
        await inbox.Mail.DeliverAsync(address, "Meanwhile");
        await visit.Page.Context.SetOfflineAsync(false);
        await Expect(visit.Row("Meanwhile")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("You are offline.")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Says_when_a_message_is_gone_and_what_an_address_is()
    {
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(inbox.NewInbox(), Guid.CreateVersion7()));
        await Expect(visit.Title).ToHaveTextAsync("This message is gone");
        await visit.Page.GotoAsync("/inbox/nonsense");
        await Expect(visit.Page.GetByText("An address looks like name@example.com.")).ToBeVisibleAsync();
    }
}
