using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web;

/// <summary>One database, one service over it, for a class whose tests each have an inbox of their own.</summary>
public sealed class WebFixture(Servers servers) : IAsyncLifetime
{
    private int _inboxes;

    internal Mailroom Mail { get; private set; } = null!;

    internal WebHost Web { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        Web = await WebHost.StartAsync(Mail.ConnectionString);
    }

    public string NewInbox() => $"box{Interlocked.Increment(ref _inboxes)}@temp.example";

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await Mail.DisposeAsync();
    }
}
