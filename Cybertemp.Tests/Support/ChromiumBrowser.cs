using Microsoft.Playwright;

namespace Cybertemp.Tests.Support;

/// <summary>The machine's Chromium, one for a test class; each test takes a page of its own.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    public const string Executable = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-default-apps",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Executable, Headless = true, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A page of 1280 x 760 with storage of its own.</summary>
    public async Task<IPage> OpenAsync() => await (await OpenContextAsync(new())).NewPageAsync();

    /// <summary>Tabs that share their storage.</summary>
    /// <param name="options">1280 x 760 unless it says otherwise.</param>
    public async Task<IBrowserContext> OpenContextAsync(BrowserNewContextOptions options)
    {
        options.ViewportSize ??= new() { Width = 1280, Height = 760 };
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        return context;
    }
}
