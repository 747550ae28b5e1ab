using Cybertemp.Tests.Support;
using Cybertemp.Tests.Sync;
using Microsoft.Playwright;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>
/// All that stands between a sender's dot and a reader's eye: PostgreSQL and Redis, a receiver that commits and
/// announces, Sync that knows of <c>temp.example</c>, the service, and a browser.
/// </summary>
public sealed class InboxFixture(Servers servers) : IAsyncLifetime
{
    public const string OperatorKey = "the key of all mail";

    private readonly ChromiumBrowser _browser = new();
    private RedisServer _redis = null!;
    private SyncHost _sync = null!;
    private WebHost _web = null!;
    private int _inboxes;

    internal Mailroom Mail { get; private set; } = null!;

    internal Uri Address => _web.Address;

    internal string Redis => _redis.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        await _browser.InitializeAsync();
        _redis = await RedisServer.StartAsync();
        Mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync(), _redis.ConnectionString);
        await Mail.ScalarAsync("insert into domains (domain) values ('temp.example'), ('*.many.example')");
        _sync = await SyncHost.StartAsync(_redis.ConnectionString, Mail.ConnectionString);
        _web = await WebHost.StartAsync(
            Mail.ConnectionString, $"ConnectionStrings:redis={_redis.ConnectionString}",
            $"Web:OperatorKey={OperatorKey}");
        await Eventually.TrueAsync(async () => (await _web.Client.GetAsync("/v1/domains")).IsSuccessStatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _web.DisposeAsync();
        await _sync.DisposeAsync();
        await Mail.DisposeAsync();
        await _redis.DisposeAsync();
    }

    public string NewInbox() => $"box{Interlocked.Increment(ref _inboxes)}@temp.example";

    internal static string PathOf(string inbox, Guid? id = null) => $"/inbox/{inbox}{(id is null ? "" : $"/{id}")}";

    /// <summary>Tabs of one visitor who may use the clipboard.</summary>
    internal async Task<IBrowserContext> VisitAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = Address.ToString();
        options.IgnoreHTTPSErrors = true;
        options.Permissions = ["clipboard-read", "clipboard-write"];
        options.Locale = "en-GB";
        return await _browser.OpenContextAsync(options);
    }

    /// <summary>An address of the page in a tab of its own.</summary>
    internal async Task<Visit> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        var context = await VisitAsync(options);
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(path);
        return visit;
    }
}
