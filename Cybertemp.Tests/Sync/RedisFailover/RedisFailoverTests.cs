using System.Globalization;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Refusals;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Web;
using Cybertemp.Tests.Web.Live;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Cybertemp.Tests.Sync.RedisFailover;

/// <summary>
/// All that goes through Redis, over the loss of a node: filters from table to receiver, announcements from receiver to
/// reader, refusals. Nobody polls, so that only messages explain what arrives.
/// </summary>
public sealed class RedisFailoverTests(Servers servers)
{
    private const string Inbox = "box@temp.example";

    [Fact]
    public async Task Sentinel_makes_the_replica_primary_and_everything_goes_on()
    {
        await using var redis = await RedisSentinels.StartAsync();
        await RunAsync(redis.ConnectionString, async () =>
        {
            await redis.UntilReplicatedAsync();
            await redis.Primary.StopAsync("KILL");
        });
    }

    [Fact]
    public async Task A_cluster_of_three_nodes_holds_everything_and_goes_on_after_a_restart_of_a_node()
    {
        await using var redis = await RedisCluster.StartAsync();
        await RunAsync(redis.ConnectionString, async () =>
        {
            var node = await redis.OwnerAsync(MirrorContract.CurrentKey);
            await node.StopAsync("KILL");
            await node.RestartAsync();
        });
    }

    private async Task RunAsync(string redis, Func<Task> harm)
    {
        await using var tables = await FilterTables.CreateAsync(await servers.Postgres.CreateDatabaseAsync());
        await tables.ExecuteAsync("insert into domains (domain) values ('first.example')");
        await using var sync = await SyncHost.StartAsync(redis, tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(redis);
        await using var mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync(), redis);
        await using var web = await WebHost.StartAsync(
            mail.ConnectionString, new FakeTimeProvider(), $"ConnectionStrings:redis={redis}");
        await using var events = await EventReader.OpenAsync(web.Client, $"/v1/inboxes/{Inbox}/events");
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        var refusals = new RefusalRing(new MirrorConnection(() => connection));

        await filters.UntilRecipientAsync("first.example", PolicyVerdict.Accepted);
        await UntilToldAsync(mail, events, "before");
        await AppendAsync(refusals, "BEFORE.1");
        await harm();

        await tables.ExecuteAsync("insert into domains (domain) values ('second.example')");
        await filters.UntilRecipientAsync("second.example", PolicyVerdict.Accepted);
        await UntilToldAsync(mail, events, "after");
        await Eventually.TrueAsync(() => TryAppendAsync(refusals, "AFTER.1"));
        var found = await refusals.FindAsync(static _ => true, limit: 10, CancellationToken.None);
        Assert.Equal(
            ["AFTER.1", "BEFORE.1"], found.Select(static r => r.Reference).Distinct(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    /// <summary>An announcement that meets the fail-over is lost, as documented: the next one is not.</summary>
    private static async Task UntilToldAsync(Mailroom mail, EventReader events, string prefix)
    {
        var told = events.NextSubjectAsync();
        for (var i = 0; !told.IsCompleted || !(await told)!.StartsWith(prefix, StringComparison.Ordinal); i++)
        {
            told = told.IsCompleted ? events.NextSubjectAsync() : told;
            await mail.DeliverAsync(Inbox, $"{prefix} {i.ToString(CultureInfo.InvariantCulture)}");
            await Task.WhenAny(told, Task.Delay(100));
        }
    }

    private static Task AppendAsync(RefusalRing refusals, string reference) => refusals.AppendAsync(
        [
            new Refusal(
                DateTime.UnixEpoch, reference, "mx", "192.0.2.1", "helo", "from", "to", "RCPT", 550, "5.7.1", "reason",
                Limit: null),
        ],
        maxKept: 100, DateTimeOffset.UnixEpoch, TimeSpan.FromDays(1), CancellationToken.None);

    private static async Task<bool> TryAppendAsync(RefusalRing refusals, string reference)
    {
        try
        {
            await AppendAsync(refusals, reference);
            return true;
        }
        catch (Exception ex) when (MirrorConnection.IsFailure(ex))
        {
            return false;
        }
    }
}
