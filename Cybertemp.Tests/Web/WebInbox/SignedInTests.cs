using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Refusals;
using Microsoft.Playwright;
using StackExchange.Redis;
using static Microsoft.Playwright.Assertions;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>Mail that is not for everybody: the operator's view, and private addresses.</summary>
[Collection(InboxGroup.Name)]
public sealed class SignedInTests(InboxFixture inbox)
{
    [Fact]
    public async Task An_operator_signs_in_sees_all_mail_as_it_comes_and_finds_some()
    {
        var (one, other) = (inbox.NewInbox(), inbox.NewInbox());
        await inbox.Mail.DeliverAsync(one, Mails.WithCode("Needle in a haystack"));
        await using var visit = await inbox.OpenAsync("/all");
        await Expect(visit.Page.GetByText("Sign in to see this")).ToBeVisibleAsync();
        await visit.Button("Sign in").ClickAsync();
        await visit.Page.GetByLabel("Operator key").FillAsync("wrong");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByText("That is not right.")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Operator key").FillAsync(InboxFixture.OperatorKey);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Row("Needle in a haystack").Filter(new() { HasText = $"to {one}" })).ToBeVisibleAsync();

        await inbox.Mail.DeliverAsync(other, "To somebody else");
        await Expect(visit.Rows.First).ToContainTextAsync("To somebody else");
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync($"needle to:{one}");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await visit.ReadAsync("Needle in a haystack");
        await Expect(visit.Mail.Locator("h1")).ToHaveTextAsync(Mails.Code);
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("subject:nowhere");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByText("Nothing found")).ToBeVisibleAsync();
        await visit.Button("Sign out").ClickAsync();
        await visit.Page.GotoAsync("/all");
        await Expect(visit.Page.GetByText("Sign in to see this")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task The_key_in_the_address_signs_in_and_is_gone_from_it()
    {
        await inbox.Mail.DeliverAsync(inbox.NewInbox(), "For operators");
        await using var visit = await inbox.OpenAsync($"/all#key={Uri.EscapeDataString(InboxFixture.OperatorKey)}");
        await Expect(visit.Row("For operators").First).ToBeVisibleAsync();
        Assert.Equal(new Uri(inbox.Address, "/all").ToString(), visit.Page.Url);
    }

    [Fact]
    public async Task An_operator_finds_why_mail_did_not_come()
    {
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(inbox.Redis))
        {
            var now = TimeProvider.System.GetUtcNow();
            Refusal[] refusals =
            [
                new(now.UtcDateTime, "7Q2M9XAK.3", "mx.temp.example", "192.0.2.1", "mail.shop.example",
                    "news@shop.example", "box@<b>nope</b>.example", "RCPT", 550, "5.7.1", "unknown_domain", null),
                new(now.UtcDateTime, "ZZZZ9XAK.1", "mx.temp.example", "192.0.2.1", "mail.shop.example", "", "", "DATA",
                    452, "4.3.1", "lack_of_memory", "Smtp:MaxInFlightBytes"),
            ];
            await new RefusalRing(new MirrorConnection(() => redis)).AppendAsync(
                refusals, 100, now.AddDays(-1), TimeSpan.FromDays(1), CancellationToken.None);
        }

        await using var visit = await inbox.OpenAsync($"/all#key={Uri.EscapeDataString(InboxFixture.OperatorKey)}");
        await visit.Button("Refused").ClickAsync();
        var found = visit.Page.Locator(".refusal");
        await Expect(found.Nth(1)).ToContainTextAsync("box@<b>nope</b>.example");
        await Expect(found.First).ToContainTextAsync("452 4.3.1 lack of memory");
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("(7Q2M9XAK.3)");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(found).ToHaveCountAsync(1);
        await visit.Page.ReloadAsync();
        await Expect(found).ToHaveCountAsync(1);
        await visit.Page.GotoAsync("/refused?q=nobody");
        await Expect(visit.Page.GetByText("Nothing found")).ToBeVisibleAsync();
        await visit.Page.GoBackAsync();
        await visit.Page.GoBackAsync();
        await visit.Page.GoBackAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search all mail" })).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);

        await using var stranger = await inbox.OpenAsync("/refused");
        await Expect(stranger.Page.GetByText("Sign in to see this")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_private_inbox_opens_with_its_password_frame_and_files_too()
    {
        var address = inbox.NewInbox();
        await inbox.Mail.MakePrivateAsync(address, "correct horse");
        await inbox.Mail.DeliverAsync(address, Mails.WithAttachments("Private"));
        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(address));
        await Expect(visit.Hero).ToHaveTextAsync(address);
        await visit.Button("Sign in").ClickAsync();
        await visit.Page.GetByLabel("Password").FillAsync("correct horse");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.ReadAsync("Private");
        await Expect(visit.Mail.Locator("img")).ToHaveAttributeAsync("alt", "Shop");
        var download = await visit.Page.RunAndWaitForDownloadAsync(
            () => visit.Page.GetByRole(AriaRole.Link, new() { Name = "invoice.pdf" }).ClickAsync());
        Assert.Equal("%PDF-1.7 invoice", await File.ReadAllTextAsync(await download.PathAsync()));
        await inbox.Mail.DeliverAsync(address, "Private and live");
        await Expect(visit.Row("Private and live")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }
}
