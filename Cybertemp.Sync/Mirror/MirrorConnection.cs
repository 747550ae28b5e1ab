using StackExchange.Redis;

namespace Cybertemp.Sync.Mirror;

/// <summary>
/// The one connection to Redis. Every command has a timeout, and a connection that keeps silent is replaced: an old
/// client waits for ever on a server that hangs. Thread-safe.
/// </summary>
internal sealed partial class MirrorConnection(
    Func<IConnectionMultiplexer> connect, Func<IConnectionMultiplexer> reconnect, ILogger<MirrorConnection> logger) : IAsyncDisposable
{
    public static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(3);

    private const int MaxTimeouts = 3;

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly List<(RedisChannel Channel, Action Handler)> _subscriptions = [];
    private IConnectionMultiplexer? _current;
    private bool _isReplacing;
    private int _timeouts;

    /// <summary>What any operation here throws when Redis is away, hangs or refuses.</summary>
    public static bool IsFailure(Exception ex) => ex is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException;

    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken ct)
    {
        var connection = await ConnectAsync(ct);
        try
        {
            var result = await command(connection.GetDatabase()).WaitAsync(CommandTimeout, ct);
            Volatile.Write(ref _timeouts, 0);
            return result;
        }
        catch (TimeoutException) when (Interlocked.Increment(ref _timeouts) >= MaxTimeouts)
        {
            Abandon(connection);
            throw;
        }
    }

    /// <summary>
    /// Calls <paramref name="handler"/> for each message, and whenever the connection is new or restored, since messages
    /// may have been lost. Once subscribed, it stays so for good.
    /// </summary>
    public async Task SubscribeAsync(string channel, Action handler, CancellationToken ct)
    {
        var subscription = (new RedisChannel(channel, RedisChannel.PatternMode.Literal), handler);
        await _connecting.WaitAsync(ct);
        try
        {
            _current ??= await CreateAsync(ct);
            await SubscribeAsync(_current, subscription).WaitAsync(CommandTimeout, ct);
            _subscriptions.Add(subscription);
        }
        finally
        {
            _connecting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connecting.WaitAsync();
        (_current as IDisposable)?.Dispose();
        _connecting.Dispose();
    }

    private async Task<IConnectionMultiplexer> ConnectAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _current) is { } current)
        {
            return current;
        }

        await _connecting.WaitAsync(ct);
        try
        {
            return _current ??= await CreateAsync(ct);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<IConnectionMultiplexer> CreateAsync(CancellationToken ct)
    {
        // Connecting blocks for the connect timeout when the server is away.
        var connection = await Task.Run(_isReplacing ? reconnect : connect, ct);
        _isReplacing = true;
        try
        {
            foreach (var subscription in _subscriptions)
            {
                await SubscribeAsync(connection, subscription).WaitAsync(CommandTimeout, ct);
            }
        }
        catch
        {
            CloseSilently(connection);
            throw;
        }

        return connection;
    }

    private static async Task SubscribeAsync(IConnectionMultiplexer connection, (RedisChannel Channel, Action Handler) subscription)
    {
        connection.ConnectionRestored += (_, _) => subscription.Handler();
        await connection.GetSubscriber().SubscribeAsync(subscription.Channel, (_, _) => subscription.Handler());
        subscription.Handler();
    }

    private void Abandon(IConnectionMultiplexer connection)
    {
        if (Interlocked.CompareExchange(ref _current, null, connection) == connection)
        {
            LogAbandoned(MaxTimeouts);
            Volatile.Write(ref _timeouts, 0);
            CloseSilently(connection);
        }
    }

    /// <summary>Closing may wait for what was sent, on a server that does not answer.</summary>
    private static void CloseSilently(IConnectionMultiplexer connection) =>
        _ = Task.Run(() => connection.Close(allowCommandsToComplete: false));

    [LoggerMessage(LogLevel.Warning, "Redis did not answer {TimeoutCount} commands in a row: connecting anew")]
    private partial void LogAbandoned(int timeoutCount);
}
