using Cybertemp.Mail.Webhooks;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Webhooks;

/// <summary>A database that a receiver fills, a web service that tells of it, and a server that is told.</summary>
public sealed class HookFixture(Servers servers) : IAsyncLifetime
{

    internal static readonly string[] Settings =
    [
        "Webhooks:AllowedNetworks=127.0.0.0/8", "Webhooks:FirstRetry=00:00:00.2", "Webhooks:Timeout=00:00:02",
    ];

    private int _names;

    internal Mailroom Mail { get; private set; } = null!;

    internal WebHost Web { get; private set; } = null!;

    internal HookServer Hooks { get; private set; } = null!;

    internal WebhookTables Tables { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        Tables = new WebhookTables(Mail.DataSource);
        Hooks = await HookServer.StartAsync();
        Web = await WebHost.StartAsync(Mail.ConnectionString, Settings);
    }

    internal Task<string> CreateDatabaseAsync() => servers.Postgres.CreateDatabaseAsync();

    /// <summary>A domain and a path that no other test has.</summary>
    internal (string Domain, string Path) NewName()
    {
        var name = Interlocked.Increment(ref _names);
        return ($"t{name}.example", $"/hook{name}");
    }

    /// <summary>Told of mail that is committed from now on.</summary>
    internal async Task<(Guid Id, WebhookSecret Secret)> AddAsync(
        string path, string scope, string from = "", string subject = "", WebhookTables? tables = null)
    {
        Assert.True(WebhookScope.TryParse(scope, out var parsed));
        var secret = WebhookSecret.Create();
        var id = await (tables ?? Tables).AddAsync(
            Hooks.Url(path), secret, parsed, (from, subject), CancellationToken.None);
        return (id!.Value, secret);
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await Hooks.DisposeAsync();
        await Mail.DisposeAsync();
    }
}
