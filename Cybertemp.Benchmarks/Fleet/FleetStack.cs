using System.Globalization;
using Cybertemp.Benchmarks.Compare;
using Cybertemp.Benchmarks.Load;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Benchmarks.Fleet;

/// <summary>PostgreSQL, Redis, receivers and the web, each a process of its own.</summary>
internal sealed class FleetStack : IAsyncDisposable
{
    public const int MaxReceivers = 3;

    /// <summary>Inboxes that have had mail before the first round.</summary>
    public const int KnownInboxes = 100_000;

    private readonly PostgresServer _postgres;
    private readonly RedisServer _redis;
    private readonly List<RunningServer> _receivers;
    private readonly ServiceProcess _web;
    private readonly NpgsqlDataSource _dataSource;

    private FleetStack(
        PostgresServer postgres, RedisServer redis, List<RunningServer> receivers, ServiceProcess web,
        NpgsqlDataSource dataSource) =>
        (_postgres, _redis, _receivers, _web, _dataSource) = (postgres, redis, receivers, web, dataSource);

    public HttpClient Web { get; private init; } = null!;

    public static async Task<FleetStack> StartAsync()
    {
        var postgres = await PostgresServer.StartAsync(
            "shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=1h");
        var redis = await RedisServer.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        var receivers = new List<RunningServer>();
        for (var i = 0; i < MaxReceivers; i++)
        {
            receivers.Add(await RunningServer.StartOursAsync(
                database, ("ConnectionStrings__redis", redis.ConnectionString)));
        }

        var web = await ServiceProcess.StartAsync(
            "Cybertemp.Web",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = database,
                ["ConnectionStrings__redis"] = redis.ConnectionString,
            });
        var port = await web.WaitForPortAsync("Now listening on");
        var stack = new FleetStack(postgres, redis, receivers, web, NpgsqlDataSource.Create(database))
        {
            Web = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{RunningServer.Text(port)}") },
        };
        await stack.ScalarAsync<object>(string.Create(CultureInfo.InvariantCulture, $"""
            insert into inbox (address)
            select 'box' || n || '@{LoadOptions.Domain}' from generate_series(0, {KnownInboxes - 1}) n
            """));
        await stack.ScalarAsync<object>("analyze inbox");
        return stack;
    }

    public int PortOf(int receiver) => _receivers[receiver].Port;

    public async Task<FleetUse> UsedAsync() => new(
        _receivers.Aggregate(TimeSpan.Zero, static (sum, r) => sum + ProcessorTime.Of(r.ProcessId)),
        ProcessorTime.OfTree(_postgres.ProcessId),
        ProcessorTime.Of(_redis.ProcessId),
        await ScalarAsync<long>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"),
        await ScalarAsync<long>("select count(distinct xmin::text) from emails"),
        await ScalarAsync<long>("select count(*) from emails"));

    /// <summary>Processor time of the web, and of PostgreSQL.</summary>
    public (TimeSpan Web, TimeSpan Database) UsedByReading() =>
        (ProcessorTime.Of(_web.Id), ProcessorTime.OfTree(_postgres.ProcessId));

    /// <summary>Of all days and of the inboxes, with indexes and what is stored out of line.</summary>
    public Task<long> CountStoredBytesAsync() => ScalarAsync<long>("""
        select (sum(pg_total_relation_size(inhrelid)) + pg_total_relation_size('inbox'))::bigint from pg_inherits
        where inhparent = 'emails'::regclass
        """);

    public async ValueTask DisposeAsync()
    {
        Web.Dispose();
        await _web.DisposeAsync();
        foreach (var receiver in _receivers)
        {
            await receiver.DisposeAsync();
        }

        await _dataSource.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync() ?? (object)"");
    }
}
