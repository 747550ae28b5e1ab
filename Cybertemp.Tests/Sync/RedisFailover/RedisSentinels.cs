using System.Diagnostics;
using System.Net;
using Cybertemp.Tests.Support;
using StackExchange.Redis;

namespace Cybertemp.Tests.Sync.RedisFailover;

/// <summary>A primary with a replica, and three sentinels that promote it when the first is gone.</summary>
internal sealed class RedisSentinels : IAsyncDisposable
{
    private const string Name = "cybertemp";

    private readonly string _directory = Directory.CreateTempSubdirectory("cybertemp-sentinel-").FullName;
    private readonly List<(Process Process, int Port)> _sentinels = [];

    private RedisSentinels(RedisServer primary, RedisServer replica) => (Primary, Replica) = (primary, replica);

    public RedisServer Primary { get; }

    public RedisServer Replica { get; }

    public string ConnectionString =>
        $"{string.Join(',', _sentinels.Select(static s => $"127.0.0.1:{s.Port}"))},serviceName={Name}";

    public static async Task<RedisSentinels> StartAsync()
    {
        var primary = await RedisServer.StartAsync();
        var replica = await RedisServer.StartAsync("--replicaof", "127.0.0.1", $"{primary.Port}");
        var group = new RedisSentinels(primary, replica);
        for (var i = 0; i < 3; i++)
        {
            await group.AddSentinelAsync();
        }

        await Eventually.TrueAsync(group.IsCompleteAsync);
        return group;
    }

    /// <summary>The replica has what the primary has: replication is asynchronous.</summary>
    public async Task UntilReplicatedAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            Primary.ConnectionString + ",allowAdmin=true");
        var server = connection.GetServer(Primary.ConnectionString);
        await Eventually.TrueAsync(async () =>
        {
            var state = (await server.InfoAsync("replication")).Single()
                .ToDictionary(StringComparer.Ordinal);
            return state["slave0"].Contains($",offset={state["master_repl_offset"]},", StringComparison.Ordinal);
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in _sentinels)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await Replica.DisposeAsync();
        await Primary.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task AddSentinelAsync()
    {
        var port = ChildProcess.FreePort();
        var file = Path.Combine(_directory, $"{port}.conf");
        await File.WriteAllTextAsync(file,
            $"""
            port {port}
            bind 127.0.0.1
            dir {_directory}
            sentinel monitor {Name} 127.0.0.1 {Primary.Port} 2
            sentinel down-after-milliseconds {Name} 500
            sentinel failover-timeout {Name} 5000

            """);
        var process = await ChildProcess.StartAsync(user: null, "TERM", "redis-server", file, "--sentinel");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _sentinels.Add((process, port));
    }

    /// <summary>Each sentinel knows the others and the replica: from now on they can decide.</summary>
    private async Task<bool> IsCompleteAsync()
    {
        foreach (var (_, port) in _sentinels)
        {
            if (!await KnowsAllAsync(port))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> KnowsAllAsync(int port)
    {
        try
        {
            var options = new ConfigurationOptions
            {
                EndPoints = { new IPEndPoint(IPAddress.Loopback, port) },
                CommandMap = CommandMap.Sentinel,
                TieBreaker = "",
            };
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
            var primary = (await connection.GetServer(options.EndPoints[0]).SentinelMasterAsync(Name))
                .ToDictionary(StringComparer.Ordinal);
            return primary["num-other-sentinels"] == "2" && primary["num-slaves"] == "1";
        }
        catch (RedisException)
        {
            return false;
        }
    }
}
