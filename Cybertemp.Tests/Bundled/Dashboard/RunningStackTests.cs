using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Cybertemp.Tests.Bundled.Dashboard;

/// <summary>The dashboard over the real stack: real processes, real telemetry, a real browser.</summary>
public sealed class RunningStackTests(ChromiumBrowser browser) : IClassFixture<ChromiumBrowser>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task A_stack_is_watched_and_commanded()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var stack = await RunningStack.StartAsync(timeout.Token);
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;
        page.SetDefaultTimeout(60_000);

        await page.GotoAsync(stack.LoginUrl);
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("tbody .dot.good")).ToHaveCountAsync(5, new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync("PostgreSQL 1");

        await StopAndStartAsync(page);
        await FollowMailAsync(stack, page, timeout.Token);
        await ReadConsoleAsync(page);
        Assert.Empty(opened.Errors);
    }

    private static async Task StopAndStartAsync(IPage page)
    {
        var sync = page.Locator("tr[data-key^=sync-]");
        await sync.GetByTitle("Stop sync").ClickAsync();
        await Assertions.Expect(sync).ToContainTextAsync("Finished", new() { Timeout = 60_000 });
        await sync.GetByTitle("Start sync").ClickAsync();
        await Assertions.Expect(sync.Locator(".dot.good")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
    }

    private static async Task FollowMailAsync(RunningStack stack, IPage page, CancellationToken ct)
    {
        await page.Keyboard.PressAsync("e");
        await stack.SendAsync("First", ct);
        var accepted = page.Locator(".tile", new() { HasText = "Accepted" }).Locator("b");
        await Assertions.Expect(accepted).ToHaveTextAsync(new Regex(@"^0\.\d+/s$", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 60_000 });

        await page.Keyboard.PressAsync("t");
        await page.GetByLabel("Search traces").FillAsync("smtp.message");
        await page.Locator(".row", new() { HasText = "smtp." }).First.ClickAsync(new() { Timeout = 60_000 });
        foreach (var span in (string[])["smtp.message", "parse", "commit"])
        {
            await Assertions.Expect(page.Locator(".span-name", new() { HasText = span })).ToHaveCountAsync(1);
        }
    }

    private static async Task ReadConsoleAsync(IPage page)
    {
        await page.Keyboard.PressAsync("c");
        await page.GetByLabel("Search lines").FillAsync("Login to the dashboard at");
        await Assertions.Expect(page.Locator(".row", new() { HasText = "Login to the dashboard at" })).ToHaveCountAsync(1);
    }
}
