using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Commit.Crashes;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Storage;

/// <summary>The storage side with a proxy before its new database, and a way past the proxy.</summary>
internal sealed class ProxiedStorage : IAsyncDisposable
{
    private readonly PostgresProxy _proxy;
    private readonly StorageHost _host;

    private ProxiedStorage(PostgresProxy proxy, StorageHost host, NpgsqlDataSource direct) =>
        (_proxy, _host, Direct) = (proxy, host, direct);

    public NpgsqlDataSource Direct { get; }

    public static async Task<ProxiedStorage> StartAsync(PostgresServer server)
    {
        var connectionString = await server.CreateDatabaseAsync();
        var proxy = new PostgresProxy(server.Port);
        return new(
            proxy, await StorageHost.StartAsync(proxy.Through(connectionString)),
            NpgsqlDataSource.Create(connectionString));
    }

    public Task<WriteOutcome> WriteAsync(params string[] inboxes) => _host.WriteAsync(Messages.To(inboxes));

    /// <summary>Writes, and completes when the transaction is at the cut.</summary>
    public async Task<(Task<WriteOutcome> Write, PlannedCut Cut)> WriteAndCutAsync(
        CommitCut kind, params string[] inboxes)
    {
        var cut = _proxy.Cut(kind, inboxes[0]);
        var write = WriteAsync(inboxes);
        await cut.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        return (write, cut);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _proxy.DisposeAsync();
        await Direct.DisposeAsync();
    }
}
