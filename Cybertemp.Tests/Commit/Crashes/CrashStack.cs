using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Commit.Crashes;

/// <summary>
/// Receiver and Sync as processes, PostgreSQL behind a proxy, Redis: the whole service, on servers of its own.
/// </summary>
internal sealed class CrashStack : IAsyncDisposable
{
    // More than any matrix writes; only what is in use takes memory.
    private const string DiskSize = "8g";

    private readonly string _connectionString;
    private readonly Dictionary<string, string> _environment;
    private readonly int _port = ChildProcess.FreePort();
    private ServiceProcess? _receiver;
    private ServiceProcess? _sync;

    private CrashStack(
        PostgresServer postgres, SmallDisk? disk, RedisServer redis, string connectionString, string acknowledge)
    {
        (Postgres, Disk, Redis, _connectionString) = (postgres, disk, redis, connectionString);
        Proxy = new PostgresProxy(postgres.Port);
        Database = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        _environment = new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__cybertemp"] = Proxy.Through(connectionString),
            ["ConnectionStrings__redis"] = redis.ConnectionString,
            ["SMTP_RECEIVE_PORT"] = $"{_port}",
            ["Storage__Acknowledge"] = acknowledge,
            ["Storage__CommandTimeout"] = "00:00:02",
            ["Storage__LockTimeout"] = "00:00:01",
            ["Storage__MinPoolSize"] = "1",
        };
    }

    public PostgresServer Postgres { get; }

    /// <summary>What all data of <see cref="Postgres"/> is on, if it can be filled.</summary>
    public SmallDisk? Disk { get; }

    public RedisServer Redis { get; }

    public PostgresProxy Proxy { get; }

    /// <summary>Past the proxy.</summary>
    public NpgsqlDataSource Database { get; }

    public int ReceiverId => _receiver!.Id;

    /// <summary>Starts everything, empty.</summary>
    /// <param name="acknowledge">The receiver's <c>Storage:Acknowledge</c>.</param>
    /// <param name="withDisk">With a <see cref="Disk"/>, where possible.</param>
    public static async Task<CrashStack> StartAsync(string acknowledge, bool withDisk)
    {
        var postgres = await PostgresServer.StartAsync();
        var disk = withDisk && Environment.IsPrivilegedProcess ? await SmallDisk.UnderAsync(postgres, DiskSize) : null;
        var stack = new CrashStack(
            postgres, disk, await RedisServer.StartAsync(), await postgres.CreateDatabaseAsync(), acknowledge);
        await stack.StartReceiverAsync();
        await stack.Database.ExecuteAsync($"insert into domains (domain) values ('{AcknowledgedLoad.Domain}')");
        stack._sync = await ServiceProcess.StartAsync(
            "Cybertemp.Sync", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = stack._connectionString,
                ["ConnectionStrings__redis"] = stack.Redis.ConnectionString,
            });
        return stack;
    }

    /// <summary>Sends mail to the receiver until it is disposed.</summary>
    /// <param name="pause">Between a session's messages.</param>
    public AcknowledgedLoad StartLoad(TimeSpan pause) => new(_port, sessions: 8, pause);

    public async Task StartReceiverAsync()
    {
        _receiver = await ServiceProcess.StartAsync("Cybertemp.SmtpReceiver", _environment);
        await _receiver.WaitForLineAsync("SMTP listens on");
    }

    /// <summary>kill -9.</summary>
    public async Task KillReceiverAsync() => await _receiver!.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in (ServiceProcess?[])[_receiver, _sync])
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        await Proxy.DisposeAsync();
        await Database.DisposeAsync();
        await Redis.DisposeAsync();
        await Postgres.StopAsync("QUIT");
        if (Disk is not null)
        {
            await Disk.DisposeAsync();
        }

        await Postgres.DisposeAsync();
    }
}
