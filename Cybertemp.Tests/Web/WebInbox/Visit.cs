using Microsoft.Playwright;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>A visitor's tab and what tests look for in it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) => Note(message);
    }

    public IPage Page { get; }

    public ILocator Rows => Page.Locator(".row");

    public ILocator Hero => Page.Locator(".hero-address");

    public ILocator Title => Page.Locator("#message h1");

    public IFrameLocator Mail => Page.FrameLocator("iframe.mail");

    public static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    public ILocator Button(string name) =>
        Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).Filter(new() { Visible = true }).First;

    public ILocator Row(string subject) => Rows.Filter(new() { HasText = subject });

    /// <summary>Opens the message and waits until it is shown.</summary>
    public async Task ReadAsync(string subject)
    {
        await Row(subject).Locator("a").ClickAsync();
        await Expect(Title).ToHaveTextAsync(subject);
    }

    /// <summary>
    /// Until what was asked for before has been answered: several rounds through the same browser and network. Events
    /// never end, so the network is never idle.
    /// </summary>
    public static async Task SettleAsync(IPage page)
    {
        for (var round = 0; round < 6; round++)
        {
            await page.EvaluateAsync(
                "fetch('/robots.txt?' + Math.random()).then(r => r.text())"
                    + ".then(() => new Promise(requestAnimationFrame))");
        }
    }

    public Task SettleAsync() => SettleAsync(Page);

    public Task<string> ClipboardAsync() => Page.EvaluateAsync<string>("navigator.clipboard.readText()");

    /// <summary>What the page complained about, its own faults and what its policy refused.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(IConsoleMessage message)
    {
        // A browser writes down every answer of 400 and above; tests that provoke one know.
        if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
        {
            _errors.Add(message.Text);
        }
    }
}
