using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Commit.Failover;

/// <summary>A primary, and a standby that each commit waits for; clients reach the first by a partition.</summary>
internal sealed class PostgresPair : IAsyncDisposable
{
    private readonly string _database;

    private PostgresPair(
        PostgresServer first, PostgresServer second, Partition clients, Partition standby, string database)
    {
        (First, Second, Clients, Standby, _database) = (first, second, clients, standby, database);
        OnFirst = NpgsqlDataSource.Create(first.ConnectionString(database) + ";Pooling=false");
        OnSecond = NpgsqlDataSource.Create(second.ConnectionString(database) + ";Pooling=false");
    }

    public PostgresServer First { get; }

    public PostgresServer Second { get; }

    /// <summary>Between clients and the first.</summary>
    public Partition Clients { get; }

    /// <summary>Between the second and the first.</summary>
    public Partition Standby { get; }

    /// <summary>Past the partition.</summary>
    public NpgsqlDataSource OnFirst { get; }

    public NpgsqlDataSource OnSecond { get; }

    /// <summary>Both, the first one first.</summary>
    public string ConnectionString =>
        $"Host=127.0.0.1:{Clients.Port},127.0.0.1:{Second.Port};Username=postgres;Database={_database}";

    public static async Task<PostgresPair> StartAsync()
    {
        var first = await PostgresServer.StartAsync("wal_level=replica");
        await first.CreateDatabaseAsync();
        var standby = new Partition(first.Port);
        var second = await PostgresServer.StartStandbyAsync(first, standby.Port, "second");
        var pair = new PostgresPair(first, second, new Partition(first.Port), standby, "test_1");
        await pair.OnFirst.ExecuteAsync("alter system set synchronous_standby_names = 'ANY 1 (second)'");
        await pair.OnFirst.ExecuteAsync("select pg_reload_conf()");
        await Eventually.TrueAsync(async () => await pair.OnFirst.ScalarAsync<long>(
            "select count(*) from pg_stat_replication where sync_state = 'quorum'") == 1);
        return pair;
    }

    /// <summary>The second one becomes the primary; the first one is not told.</summary>
    public Task PromoteAsync() => OnSecond.ExecuteAsync("select pg_promote()");

    /// <summary>The first one is alone.</summary>
    public void Cut()
    {
        Clients.Cut();
        Standby.Cut();
    }

    public void Heal()
    {
        Standby.Heal();
        Clients.Heal();
    }

    public async ValueTask DisposeAsync()
    {
        await OnFirst.DisposeAsync();
        await OnSecond.DisposeAsync();
        await Clients.DisposeAsync();
        await Standby.DisposeAsync();
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }
}
