using Cybertemp.Tests.Support;
using StackExchange.Redis;

namespace Cybertemp.Tests.Sync.RedisFailover;

/// <summary>Three nodes, each with a third of the slots.</summary>
internal sealed class RedisCluster(IReadOnlyList<RedisServer> nodes) : IAsyncDisposable
{
    private const int Slots = 16384;

    public string ConnectionString => $"{string.Join(',', nodes.Select(static n => n.ConnectionString))}";

    public static async Task<RedisCluster> StartAsync()
    {
        var ports = Enumerable.Range(0, 3).Select(static _ => ChildProcess.FreePort()).ToArray();
        var nodes = new List<RedisServer>();
        foreach (var port in ports)
        {
            nodes.Add(await RedisServer.StartAsync(
                "--cluster-enabled", "yes", "--cluster-port", $"{port}", "--cluster-node-timeout", "1000",
                "--cluster-require-full-coverage", "no"));
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            await JoinAsync(nodes[i], i * Slots / 3, ((i + 1) * Slots / 3) - 1, nodes[0], ports[0]);
        }

        var cluster = new RedisCluster(nodes);
        await Eventually.TrueAsync(cluster.IsCompleteAsync);
        return cluster;
    }

    /// <summary>The node that has a key.</summary>
    public async Task<RedisServer> OwnerAsync(string key)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        var slot = connection.HashSlot(key);
        return nodes[slot * 3 / Slots];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private static async Task JoinAsync(RedisServer node, int first, int last, RedisServer other, int otherBus)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            node.ConnectionString + ",allowAdmin=true");
        var server = connection.GetServer(node.ConnectionString);
        await server.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", first, last);
        if (node != other)
        {
            await server.ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", other.Port, otherBus);
        }
    }

    private async Task<bool> IsCompleteAsync()
    {
        foreach (var node in nodes)
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(
                node.ConnectionString + ",allowAdmin=true");
            var state = $"{await connection.GetServer(node.ConnectionString).ExecuteAsync("CLUSTER", "INFO")}";
            if (!state.Contains("cluster_state:ok", StringComparison.Ordinal)
                || !state.Contains("cluster_slots_ok:16384", StringComparison.Ordinal)
                || !state.Contains("cluster_known_nodes:3", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
