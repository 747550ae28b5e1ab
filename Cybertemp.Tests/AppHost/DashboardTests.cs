using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;
using Microsoft.Playwright;

namespace Cybertemp.Tests.AppHost;

/// <summary>What a newcomer sees; docs/images/make.sh takes the README's pictures from here.</summary>
public sealed partial class DashboardTests(ChromiumBrowser browser) : IClassFixture<ChromiumBrowser>
{
    private const int Mails = 1000;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(300);

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("CYBERTEMP_SCREENSHOTS");

    [Fact]
    public async Task Shows_the_stack_and_its_mail_and_nothing_to_worry_about()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        using var home = new StackHome();
        await using var host = await home.StartAsync(timeout.Token);
        await SendAsync(int.Parse(MailLine.Match(host.Output).Groups["port"].ValueSpan, provider: null));

        var page = await browser.OpenAsync();
        var login = LoginLine.Match(host.Output).Value;
        await page.GotoAsync(login);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Health" })).ToHaveCountAsync(2);
        foreach (var name in (string[])["postgres", "redis", "smtp-receiver", "sync"])
        {
            var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = name }).First;
            await Assertions.Expect(row).ToContainTextAsync("Running");
        }

        var allMail = await page.GetByRole(AriaRole.Link, new() { Name = "All mail" }).GetAttributeAsync("href");
        await DrawAsync(page, "resources");

        await page.GotoAsync(new Uri(new Uri(login), "/traces").ToString());
        await Assertions.Expect(page.GetByText("smtp-receiver: smtp.message").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("smtp-receiver: postgresql")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("sync: ")).ToHaveCountAsync(0);

        await page.GetByText("smtp-receiver: smtp.message").First.ClickAsync();
        await Assertions.Expect(page.GetByText("commit batch").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await DrawAsync(page, "trace");

        await page.GotoAsync(allMail!);
        await Assertions.Expect(page.GetByText($"Mail {Mails - 1}", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"http://\S+/login\?t=\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoginLine { get; }

    [GeneratedRegex(@"Mail is accepted on [\w.]+:(?<port>\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MailLine { get; }

    private static async Task SendAsync(int port)
    {
        await using var client = await RawSmtpClient.ConnectAsync(port);
        await client.BeginAsync("box@cybertemp.localhost");
        await client.CommandAsync("RSET");
        for (var i = 0; i < Mails; i++)
        {
            await client.CommandAsync("MAIL FROM:<someone@example.org>");
            await client.CommandAsync($"RCPT TO:<box{i % 7}@cybertemp.localhost>");
            await client.CommandAsync("DATA");
            var reply = await client.CommandAsync(
                $"From: Someone <someone@example.org>\r\nSubject: Mail {i}\r\n\r\nbody\r\n.");
            Assert.StartsWith("250 ", reply, StringComparison.Ordinal);
        }
    }

    private static async Task DrawAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png") });
        }
    }
}
