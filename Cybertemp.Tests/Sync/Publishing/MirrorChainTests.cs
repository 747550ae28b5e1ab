using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Cybertemp.Tests.Sync.Publishing;

/// <summary>From a row in a table to the answer at the receiver: PostgreSQL, Sync, Redis, snapshot; all real.</summary>
public sealed class MirrorChainTests(Servers servers) : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private FilterTables _tables = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _tables = await FilterTables.CreateAsync(await servers.Postgres.CreateDatabaseAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _tables.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_row_added_or_deleted_takes_effect_without_a_restart()
    {
        await _tables.ExecuteAsync("insert into domains (domain) values ('Example.com'), ('*.wild.example')");
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("a.b.wild.example"));
        Assert.Equal(PolicyVerdict.Refused, filters.Recipient("wild.example"));
        Assert.Equal(PolicyVerdict.Refused, filters.Recipient("other.example"));
        Assert.Equal(PolicyVerdict.Accepted, filters.Sender("spam", "sender.example"));

        await _tables.ExecuteAsync("insert into domains (domain) values ('other.example')");
        await filters.UntilRecipientAsync("other.example", PolicyVerdict.Accepted);
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('email', 'Spam@Sender.example')");
        await filters.UntilSenderAsync("spam", "sender.example", PolicyVerdict.Refused);
        await _tables.ExecuteAsync("update bans set status = 'lifted'");
        await filters.UntilSenderAsync("spam", "sender.example", PolicyVerdict.Accepted);
        await _tables.ExecuteAsync("insert into bans (scope, value, match_type) values ('domain', 'send', 'contains')");
        await filters.UntilSenderAsync("spam", "sender.example", PolicyVerdict.Refused);
        await _tables.ExecuteAsync("truncate bans");
        await filters.UntilSenderAsync("spam", "sender.example", PolicyVerdict.Accepted);
        Assert.Equal(HealthStatus.Healthy, await sync.CheckHealthAsync());
    }

    [Fact]
    public async Task A_receiver_is_not_ready_until_the_first_version()
    {
        await _tables.ExecuteAsync("alter table domains rename to d; insert into d (domain) values ('example.com')");
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await Eventually.TrueAsync(() => sync.IsActive);
        Assert.Equal(PolicyVerdict.NotReady, filters.Recipient("example.com"));
        Assert.Equal(PolicyVerdict.NotReady, filters.Sender("a", "example.com"));
        Assert.Equal(HealthStatus.Unhealthy, await sync.CheckHealthAsync());

        await _tables.ExecuteAsync("alter table d rename to domains");
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        await Eventually.TrueAsync(async () => await sync.CheckHealthAsync() == HealthStatus.Healthy);
    }

    [Fact]
    public async Task Before_a_receiver_has_made_the_tables_it_waits_without_an_error_on_either_side()
    {
        await using var tables = new FilterTables(await servers.Postgres.CreateDatabaseAsync());
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await Eventually.TrueAsync(() => sync.Log.Any(static l => l.Contains("bans", StringComparison.Ordinal)));
        Assert.Equal(HealthStatus.Unhealthy, await sync.CheckHealthAsync());

        await tables.MigrateAsync();
        await tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);

        Assert.Equal(2, sync.Log.Count(static l => l.StartsWith("Information The table ", StringComparison.Ordinal)));
        Assert.DoesNotContain(sync.Log, static l => l.StartsWith("Error The source", StringComparison.Ordinal)
            || l.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_with_nulls_in_an_older_table_are_left_out_and_named_once()
    {
        await using var tables = new FilterTables(await servers.Postgres.CreateDatabaseAsync());
        await tables.ExecuteAsync(
            """
            create table bans (id bigint, scope text, value text, match_type text, status text);
            insert into bans values (null, null, null, null, 'active'), (2, 'email', null, 'exact', 'active'),
                (3, 'email', 'x@y.example', null, null), (4, 'email', 'spam@sender.example', null, 'active');
            """);
        await tables.MigrateAsync();
        await tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilSenderAsync("spam", "sender.example", PolicyVerdict.Refused);
        await tables.ExecuteAsync("insert into domains (domain) values ('second.example')");
        await filters.UntilRecipientAsync("second.example", PolicyVerdict.Accepted);

        Assert.StartsWith("Warning 2 rows of domains, bans", Assert.Single(
            sync.Log, static l => l.Split(' ')[0] is "Warning" or "Error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flushed_Redis_heals_with_a_newer_version()
    {
        await _tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        var before = filters.Version;

        await FlushAsync();
        await Eventually.TrueAsync(() => filters.Version > before);
        await using var newcomer = await FilterHost.StartAsync(_redis.ConnectionString);
        await newcomer.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        Assert.Equal(filters.Version, newcomer.Version);
    }

    [Fact]
    public async Task A_Redis_that_was_away_is_caught_up_with()
    {
        await _tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);

        await _redis.StopAsync("KILL");
        await _tables.ExecuteAsync("insert into domains (domain) values ('other.example')");
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("example.com"));
        await Eventually.TrueAsync(async () => await sync.CheckHealthAsync() == HealthStatus.Unhealthy);
        await _redis.RestartAsync();
        await filters.UntilRecipientAsync("other.example", PolicyVerdict.Accepted);
        await _tables.ExecuteAsync("insert into domains (domain) values ('third.example')");
        await filters.UntilRecipientAsync("third.example", PolicyVerdict.Accepted);
    }

    [Fact]
    public async Task A_PostgreSQL_session_that_is_cut_is_caught_up_with()
    {
        await _tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);

        await _tables.ExecuteAsync(
            "alter table domains disable trigger all; insert into domains (domain) values ('other.example'); "
            + "alter table domains enable trigger all");
        await _tables.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
            + "and pid <> pg_backend_pid()");
        await filters.UntilRecipientAsync("other.example", PolicyVerdict.Accepted);
    }

    [Fact]
    public async Task Equal_content_is_not_published_again()
    {
        await _tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await using (await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString))
        {
            await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        }

        var before = filters.Version;
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await _tables.ExecuteAsync("insert into domains (domain) values ('EXAMPLE.com')");
        await _tables.ExecuteAsync("insert into domains (domain) values ('other.example')");
        await filters.UntilRecipientAsync("other.example", PolicyVerdict.Accepted);
        Assert.Equal(1, await VersionsSinceAsync(before));
    }

    [Fact]
    public async Task A_mistaken_empty_list_waits_for_the_next_poll()
    {
        await _tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await using var sync = await SyncHost.StartAsync(
            _redis.ConnectionString, _tables.ConnectionString, ("Filters:PollInterval", "00:00:03"));
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);

        await _tables.ExecuteAsync("truncate domains");
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'evil.example')");
        await filters.UntilSenderAsync("a", "evil.example", PolicyVerdict.Refused);
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("example.com"));
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Refused);
    }

    [Fact]
    public async Task An_empty_table_is_seeded_and_another_is_not()
    {
        (string, string)[] seeds =
            [("Filters:SeedDomains:0", "cybertemp.localhost"), ("Filters:SeedDomains:1", "*.cybertemp.localhost")];
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await using (await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString, seeds))
        {
            await filters.UntilRecipientAsync("a.cybertemp.localhost", PolicyVerdict.Accepted);
            Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("cybertemp.localhost"));
        }

        await _tables.ExecuteAsync(
            "delete from domains where domain like '*%'; insert into domains (domain) values ('example.com')");
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString, seeds);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        Assert.Equal(PolicyVerdict.Refused, filters.Recipient("a.cybertemp.localhost"));
    }

    [Fact]
    public async Task Open_lists_are_mirrored_without_a_database()
    {
        await using var sync = await SyncHost.StartAsync(
            _redis.ConnectionString, null, ("Filters:Domains:Source", "Open"), ("Filters:Bans:Source", "Open"));
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("any.example", PolicyVerdict.Accepted);
        Assert.Equal(PolicyVerdict.Accepted, filters.Sender("a", "any.example"));
    }

    [Fact]
    public async Task A_burst_of_changes_is_few_versions()
    {
        await _tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
        await using var sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        var before = filters.Version;
        for (var i = 0; i < 1_000; i++)
        {
            await _tables.ExecuteAsync($"insert into bans (scope, value) values ('domain', 'd{i}.example')");
        }

        await filters.UntilSenderAsync("a", "d999.example", PolicyVerdict.Refused);
        Assert.InRange(await VersionsSinceAsync(before), 1, 100);
    }

    /// <summary>One node refuses scripts over several slots as many do.</summary>
    [Fact]
    public async Task A_cluster_takes_versions_and_gives_them()
    {
        await using var cluster = await RedisServer.StartAsync(
            "--cluster-enabled", "yes", "--cluster-port", $"{ChildProcess.FreePort()}");
        using (var client = await ConnectionMultiplexer.ConnectAsync(cluster.ConnectionString + ",allowAdmin=true"))
        {
            await client.GetServer(client.GetEndPoints()[0]).ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", 0, 16_383);
        }

        await _tables.ExecuteAsync("insert into domains (domain) values ('example.com')");
        await using var sync = await SyncHost.StartAsync(cluster.ConnectionString, _tables.ConnectionString);
        await using var filters = await FilterHost.StartAsync(cluster.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'evil.example')");
        await filters.UntilSenderAsync("a", "evil.example", PolicyVerdict.Refused);
    }

    private async Task FlushAsync()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString + ",allowAdmin=true");
        await redis.GetServer(redis.GetEndPoints()[0]).FlushAllDatabasesAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Replaced versions stay for a while, so that they can be counted.</summary>
    private async Task<int> VersionsSinceAsync(long version)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        return await redis.GetServer(redis.GetEndPoints()[0]).KeysAsync(pattern: "{cybertemp:filter:current}:version:*")
            .CountAsync(k => long.Parse(((string)k!)[(((string)k!).LastIndexOf(':') + 1)..], provider: null) > version);
    }
}
