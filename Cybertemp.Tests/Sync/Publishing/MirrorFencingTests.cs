using System.Diagnostics;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Cybertemp.Tests.Sync.Publishing;

/// <summary>Several Syncs, one of them in trouble, and a Redis that loses things.</summary>
public sealed class MirrorFencingTests(Servers servers) : IAsyncLifetime
{
    private static readonly RedisChannel Changed = new("cybertemp:filter:changed", RedisChannel.PatternMode.Literal);

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private RedisServer _redis = null!;
    private FilterTables _tables = null!;
    private ConnectionMultiplexer _client = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _client = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString + ",allowAdmin=true");
        _tables = await FilterTables.CreateAsync(await servers.Postgres.CreateDatabaseAsync());
        await _tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
    }

    public async ValueTask DisposeAsync()
    {
        await _tables.DisposeAsync();
        _client.Dispose();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_Sync_frozen_before_its_switch_cannot_lift_a_ban_that_came_after()
    {
        await using var proxy = new PausableProxy(_redis.Port);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await using var a = await SyncHost.StartAsync(proxy.Endpoint, _tables.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);

        // A has read the tables and written its chunks; the command that puts them in force is held back.
        var frozen = proxy.PauseAtAsync("cybertemp:filter:changed"u8.ToArray());
        await _tables.ExecuteAsync("insert into domains (domain) values ('other.example')");
        await frozen.WaitAsync(Bound);
        await _client.GetServer(_client.GetEndPoints()[0]).FlushAllDatabasesAsync().WaitAsync(Bound);

        await using var b = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'evil.example')");
        await filters.UntilSenderAsync("a", "evil.example", PolicyVerdict.Refused);
        var version = await CurrentAsync();
        Assert.Equal(version, filters.Version);

        proxy.Resume();
        await Eventually.TrueAsync(() => !a.IsActive);
        Assert.True(b.IsActive);
        Assert.Equal(version, await CurrentAsync());
        Assert.Equal(PolicyVerdict.Refused, filters.Sender("a", "evil.example"));
        await using var newcomer = await FilterHost.StartAsync(_redis.ConnectionString);
        await newcomer.UntilRecipientAsync("other.example", PolicyVerdict.Accepted);
        Assert.Equal(PolicyVerdict.Refused, newcomer.Sender("a", "evil.example"));
        Assert.Equal(version, newcomer.Version);
    }

    [Fact]
    public async Task Of_several_Syncs_one_is_active_and_the_next_follows_at_once_when_it_stops()
    {
        var first = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await Eventually.TrueAsync(() => first.IsActive);
        await using var second = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        Assert.False(second.IsActive);

        await first.DisposeAsync();
        var stopped = Stopwatch.StartNew();
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'evil.example')");
        await filters.UntilSenderAsync("a", "evil.example", PolicyVerdict.Refused);
        Assert.InRange(stopped.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_Sync_that_is_gone_without_a_word_is_followed_within_15_seconds()
    {
        await using var proxy = new PausableProxy(_redis.Port);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await using var first = await SyncHost.StartAsync(proxy.Endpoint, _tables.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        await using var second = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);

        var frozen = proxy.PauseAtAsync("\r\n"u8.ToArray());
        await frozen.WaitAsync(Bound);
        var gone = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => second.IsActive);
        Assert.InRange(gone.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'evil.example')");
        await filters.UntilSenderAsync("a", "evil.example", PolicyVerdict.Refused);
        proxy.Resume();
    }

    [Fact]
    public async Task A_version_that_lost_a_chunk_is_not_used_and_is_replaced()
    {
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        var before = filters.Version;

        var database = _client.GetDatabase();
        await database.HashDeleteAsync($"{{cybertemp:filter:current}}:version:{before}", 0).WaitAsync(Bound);
        await using var newcomer = await FilterHost.StartAsync(_redis.ConnectionString);
        await Eventually.TrueAsync(() => newcomer.Version > before && filters.Version == newcomer.Version);
        Assert.Equal(PolicyVerdict.Accepted, newcomer.Recipient("example.com"));
    }

    [Fact]
    public async Task Without_a_Sync_an_incomplete_version_leaves_the_last_good_one_in_force()
    {
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await using (await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString))
        {
            await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        }

        var (before, database) = (filters.Version, _client.GetDatabase());
        var fields = await database.HashGetAllAsync($"{{cybertemp:filter:current}}:version:{before}").WaitAsync(Bound);
        await database.HashSetAsync($"{{cybertemp:filter:current}}:version:{before + 1}",
            [.. fields.Where(static f => f.Name == "header")]).WaitAsync(Bound);
        await database.StringSetAsync("cybertemp:filter:current", before + 1).WaitAsync(Bound);
        await using var newcomer = await FilterHost.StartAsync(_redis.ConnectionString);
        await _client.GetSubscriber().PublishAsync(Changed, before + 1).WaitAsync(Bound);

        // Each refused version costs a reader two reads, the header and the chunk: both have refused it by then.
        var reads = await ReadsAsync();
        await Eventually.TrueAsync(async () => await ReadsAsync() >= reads + 8);
        Assert.Equal(before, filters.Version);
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("example.com"));
        Assert.Equal(PolicyVerdict.NotReady, newcomer.Recipient("example.com"));

        // It becomes whole: what was held back is used now.
        await database.HashSetAsync($"{{cybertemp:filter:current}}:version:{before + 1}", fields).WaitAsync(Bound);
        await newcomer.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        await Eventually.TrueAsync(() => filters.Version == before + 1);
    }

    [Fact]
    public async Task A_Redis_that_hangs_is_found_again_when_it_goes_on()
    {
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);

        await ChildProcess.RunAsync(null, "kill", "-STOP", $"{_redis.ProcessId}");
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'evil.example')");
        await Eventually.TrueAsync(async () => await sync.CheckHealthAsync() == HealthStatus.Unhealthy);
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("example.com"));
        await ChildProcess.RunAsync(null, "kill", "-CONT", $"{_redis.ProcessId}");
        await filters.UntilSenderAsync("a", "evil.example", PolicyVerdict.Refused);
    }

    [Fact]
    public async Task A_connection_that_stays_silent_is_replaced()
    {
        await using var proxy = new PausableProxy(_redis.Port);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await using var sync = await SyncHost.StartAsync(proxy.Endpoint, _tables.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);

        await proxy.PauseAtAsync("\r\n"u8.ToArray()).WaitAsync(Bound);
        proxy.ForwardNewConnections();
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'evil.example')");
        await filters.UntilSenderAsync("a", "evil.example", PolicyVerdict.Refused);
    }

    private async Task<long> CurrentAsync() =>
        (long)await _client.GetDatabase().StringGetAsync("cybertemp:filter:current").WaitAsync(Bound);

    private async Task<long> ReadsAsync()
    {
        var statistics = await _client.GetServer(_client.GetEndPoints()[0]).InfoAsync("commandstats").WaitAsync(Bound);
        var calls = statistics.SelectMany(static s => s).SingleOrDefault(static s => s.Key == "cmdstat_hget").Value;
        return calls is null
            ? 0
            : long.Parse(calls["calls=".Length..calls.IndexOf(',', StringComparison.Ordinal)], provider: null);
    }
}
