using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Cybertemp.Tests.Bundled.Dashboard;

/// <summary>A browser's page and the errors that it wrote to its console.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _errors = new();

    public BrowserPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _errors.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public IEnumerable<string> Errors => _errors;

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
