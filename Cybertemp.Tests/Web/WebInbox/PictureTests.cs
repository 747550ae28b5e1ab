using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>An inbox as people have it; docs/images/make.sh takes the README's pictures from here.</summary>
[Collection(InboxGroup.Name)]
public sealed class PictureTests(InboxFixture inbox)
{
    private const string Address = "otter.finch42@temp.example";

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("CYBERTEMP_SCREENSHOTS");

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Shows_a_day_of_mail(ColorScheme scheme)
    {
        var count = await inbox.Mail.ScalarAsync($"select count(*) from emails where inbox = '{Address}'");
        if (Convert.ToInt64(count, provider: null) == 0)
        {
            await DeliverAsync();
        }

        await using var visit = await inbox.OpenAsync(InboxFixture.PathOf(Address), new() { ColorScheme = scheme });
        await Expect(visit.Rows).ToHaveCountAsync(7);
        await Expect(visit.Button("Copy code 482913")).ToBeVisibleAsync();
        await visit.ReadAsync("Verify your new device");
        await Expect(visit.Mail.GetByText("482913")).ToBeVisibleAsync();
        await DrawAsync(visit.Page, $"inbox{(scheme is ColorScheme.Dark ? "-dark" : "")}");

        await visit.Page.GotoAsync(InboxFixture.PathOf("heron.maple77@temp.example"));
        await Expect(visit.Hero).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#live[data-state=live]")).ToBeVisibleAsync();
        await DrawAsync(visit.Page, $"waiting{(scheme is ColorScheme.Dark ? "-dark" : "")}");
    }

    private async Task DeliverAsync()
    {
        await inbox.Mail.DeliverAsync(Address, Mails.From(
            "Cron Daemon <root@db-3.internal.example>", "Cron: nightly backup",
            "pg_dump: finished in 184 s, 42 GB written, 0 errors."));
        await inbox.Mail.DeliverAsync(Address, Mails.WithAttachments("Your invoice for November"));
        await inbox.Mail.DeliverAsync(Address, Mails.From(
            "Maison Dufour <boutique@dufour.example>", "Votre commande est en route",
            "Bonjour, votre colis a été remis au transporteur ce matin. Livraison prévue vendredi."));
        await inbox.Mail.DeliverAsync(Address, Mails.From(
            "Harbor <hello@harbor.example>", "Your sign-in link",
            "Use this link to sign in to Harbor. It works once and for five minutes.\n\n"
                + "https://app.harbor.example/auth/magic?token=9f2c71b04ad8e6\n"));
        await inbox.Mail.DeliverAsync(Address, Mails.From(
            "The Weekly Tide <letters@tide.example>", "Issue 214: what the harbour pilots know",
            "A short letter about currents, patience, and the people who steer ships into narrow places."));
        await inbox.Mail.DeliverAsync(Address, Mails.From(
            "Tern Bank <alerts@ternbank.example>", "Confirm your payee",
            "Enter 771204 to confirm your new payee. Never tell this code to anyone, not even to us."));
        await inbox.Mail.DeliverAsync(Address, Mails.Newsletter("Verify your new device"));
    }

    private static async Task DrawAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new()
            {
                Path = Path.Combine(Pictures, $"{name}.png"),
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }
}
