using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Tests.Support;
using StackExchange.Redis;

namespace Cybertemp.Tests.Mail.Filters;

public sealed class MirrorConnectionTests
{
    private const string Channel = "channel";

    [Fact]
    public async Task A_subscription_that_failed_leaves_no_handler_behind()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var connection = new MirrorConnection(() => redis);
        await connection.RunAsync(static db => db.PingAsync(), CancellationToken.None);
        var calls = 0;
        void Call() => Interlocked.Increment(ref calls);

        await ChildProcess.RunAsync(null, "kill", "-STOP", $"{server.ProcessId}");
        var failure = await Record.ExceptionAsync(
            () => connection.SubscribeAsync(Channel, Call, CancellationToken.None));
        Assert.True(failure is not null && MirrorConnection.IsFailure(failure), $"{failure}");
        await ChildProcess.RunAsync(null, "kill", "-CONT", $"{server.ProcessId}");
        await connection.SubscribeAsync(Channel, Call, CancellationToken.None);

        var before = Volatile.Read(ref calls);
        for (var i = 1; i <= 10; i++)
        {
            var published = i;
            await connection.RunAsync(
                static db => db.PublishAsync(RedisChannel.Literal(Channel), "x"), CancellationToken.None);
            await Eventually.TrueAsync(() => Volatile.Read(ref calls) >= before + published);
        }

        Assert.Equal(before + 10, Volatile.Read(ref calls));
    }
}
