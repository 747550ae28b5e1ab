using StackExchange.Redis;

namespace Cybertemp.Mail.Filters.Mirror;

/// <summary>
/// The one connection to the mirror's Redis. Time-outs, reconnecting and subscribing again are the client's; it
/// connects synchronously, which happens off the caller's thread here. Thread-safe.
/// </summary>
/// <param name="connect">Gives the same connection each time.</param>
internal sealed class MirrorConnection(Func<IConnectionMultiplexer> connect)
{
    /// <summary>What any operation here throws when Redis is away, hangs or refuses.</summary>
    public static bool IsFailure(Exception ex) =>
        ex is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException;

    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken ct)
    {
        var connection = await Task.Run(connect, ct);
        return await command(connection.GetDatabase()).WaitAsync(ct);
    }

    /// <summary>
    /// Calls <paramref name="handler"/> for each message, and whenever the connection is restored, since messages may
    /// have been lost meanwhile. Once subscribed, it stays so for good.
    /// </summary>
    public async Task SubscribeAsync(string channel, Action handler, CancellationToken ct)
    {
        var connection = await ListenAsync(channel, _ => handler(), ct);
        connection.ConnectionRestored += (_, _) => handler();
    }

    /// <summary>
    /// Calls <paramref name="handler"/> with the content of each message, on any thread and several at a time. Once
    /// subscribed, it stays so for good; messages are lost while Redis is away.
    /// </summary>
    public Task SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> handler, CancellationToken ct) =>
        ListenAsync(channel, handler, ct);

    private async Task<IConnectionMultiplexer> ListenAsync(
        string channel, Action<ReadOnlyMemory<byte>> handler, CancellationToken ct)
    {
        var connection = await Task.Run(connect, ct);
        var subscriber = connection.GetSubscriber();
        try
        {
            await subscriber.SubscribeAsync(RedisChannel.Literal(channel), OnMessage).WaitAsync(ct);
        }
        catch
        {
            // It is tried again on the same connection: this attempt must leave nothing behind that calls the handler.
            await subscriber.UnsubscribeAsync(RedisChannel.Literal(channel), OnMessage, CommandFlags.FireAndForget);
            throw;
        }

        return connection;

        void OnMessage(RedisChannel source, RedisValue message) => handler(message);
    }
}
