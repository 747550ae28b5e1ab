using System.Net.Mail;
using Microsoft.Playwright;

namespace Cybertemp.Tests.Bundled.Dashboard;

public sealed class Screenshots(ChromiumBrowser browser) : IClassFixture<ChromiumBrowser>
{
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(75);

    // Not the console and the logs: they name directories of the machine that draws.
    private static readonly (string Name, string Path, ColorScheme Scheme)[] Pages =
    [
        ("resources", "/resources", ColorScheme.Light),
        ("meters", "/meters?m=cybertemp.intake.duration&minutes=1", ColorScheme.Light),
        ("mail", "/glance/mail?minutes=1", ColorScheme.Dark),
    ];

    [ScreenshotFact]
    public async Task Draws_each_page_of_a_busy_stack()
    {
        var directory = Environment.GetEnvironmentVariable(ScreenshotFactAttribute.Variable)!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(6));
        await using var stack = await RunningStack.StartAsync(timeout.Token, "Cybertemp:Replicas=2");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token);
        var senders = Task.WhenAll(Enumerable.Range(0, 4).Select(i => SendAsync(stack, new Random(i), enough.Token)));
        await Task.Delay(Warmup, timeout.Token);

        foreach (var (name, path, scheme) in Pages)
        {
            await DrawAsync(stack, path, scheme, Path.Combine(directory, $"{name}.png"), static _ => Task.CompletedTask);
        }

        await DrawAsync(stack, "/traces?q=smtp.message", ColorScheme.Light, Path.Combine(directory, "trace.png"), static async page =>
        {
            await page.Locator(".row").First.ClickAsync();
            await page.Locator(".track").Nth(1).ClickAsync();
        });
        await enough.CancelAsync();
        await senders;
    }

    private static async Task SendAsync(RunningStack stack, Random random, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await stack.SendAsync($"Mail {random.Next(1000)}", ct);
                await Task.Delay(random.Next(20, 200), ct);
            }
            catch (Exception ex) when (ex is OperationCanceledException or SmtpException)
            {
                // Enough, or refused: a picture of a refusal is a picture too.
            }
        }
    }

    private async Task DrawAsync(RunningStack stack, string path, ColorScheme scheme, string file, Func<IPage, Task> prepare)
    {
        await using var opened = await browser.OpenAsync(scheme);
        await opened.Page.SetViewportSizeAsync(1120, 640);
        await opened.Page.GotoAsync($"{stack.LoginUrl}&returnUrl={Uri.EscapeDataString(path)}");
        await Assertions.Expect(opened.Page.Locator("h1")).ToBeVisibleAsync();
        await opened.Page.WaitForTimeoutAsync(5_000);
        await prepare(opened.Page);
        await opened.Page.WaitForTimeoutAsync(1_000);
        await opened.Page.ScreenshotAsync(new() { Path = file });
    }
}
