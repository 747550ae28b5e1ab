using System.Text.Json;
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

        await ReadDetailsAsync(page);
        await StopAndStartAsync(page);
        await FollowMailAsync(stack, page, timeout.Token);
        await ReadConsoleAsync(page);
        Assert.Empty(opened.Errors);
    }

    private static async Task ReadDetailsAsync(IPage page)
    {
        foreach (var (resource, version) in (IEnumerable<(string, string)>)[("postgres", "PostgreSQL 1"), ("redis", "Redis ")])
        {
            await page.Locator($"tr[data-key^={resource}] a").First.ClickAsync();
            await Assertions.Expect(page.Locator(".side")).ToContainTextAsync(version);
            await Assertions.Expect(page.Locator(".side")).ToContainTextAsync(new Regex(@"Healthy \S+ · \d+ (?:s|min) ago", RegexOptions.None, TimeSpan.FromSeconds(1)));
        }

        await page.Keyboard.PressAsync("Escape");
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

        var partitions = page.Locator("section.card", new() { HasText = "Partitions" });
        await Assertions.Expect(partitions.Locator("tr", new() { HasText = "tomorrow is there" })).ToContainTextAsync("yes");
        await Assertions.Expect(partitions.Locator("tr", new() { HasText = "days ahead to the newest" })).ToContainTextAsync("7");

        await page.Keyboard.PressAsync("t");
        await page.GetByLabel("Search traces").FillAsync("smtp.message");
        await page.Locator(".row", new() { HasText = "smtp.message" }).First.ClickAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".span-name", new() { HasText = "commit batch" })).ToHaveCountAsync(1);

        var trace = await page.EvaluateAsync<JsonElement>("fetch(location.pathname.replace('/traces/', '/api/traces/')).then(answer => answer.json())");
        var spans = trace.GetProperty("spans").EnumerateArray().ToDictionary(static s => s.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Assert.Empty(((string[])["smtp.message", "receive", "parse", "commit", "commit batch"]).Except(spans.Keys, StringComparer.Ordinal));
        Assert.Contains(Id(spans["commit"]), Links(spans["commit batch"]), StringComparer.Ordinal);
        Assert.Equal([Id(spans["commit batch"])], Links(spans["commit"]), StringComparer.Ordinal);
        Assert.Single(Links(spans["smtp.message"]));
    }

    private static string? Id(JsonElement span) => span.GetProperty("id").GetString();

    private static IEnumerable<string?> Links(JsonElement span) =>
        span.GetProperty("links").EnumerateArray().Select(static l => l.GetProperty("span").GetString());

    private static async Task ReadConsoleAsync(IPage page)
    {
        await page.Keyboard.PressAsync("c");
        await page.GetByLabel("Search lines").FillAsync("Login to the dashboard at");
        await Assertions.Expect(page.Locator(".row", new() { HasText = "Login to the dashboard at" })).ToHaveCountAsync(1);
    }
}
