using System.Text.Json.Nodes;
using Cybertemp.ServiceDefaults.Configuration;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Tests.Supabase;
using Cybertemp.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Cybertemp.Tests.Sync.Sources;

/// <summary>From a row in Supabase to the answer at the receiver, and what happens when Supabase misbehaves.</summary>
public sealed class SupabaseSourceTests : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private SupabaseServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _server = await SupabaseServer.StartAsync();
        await _server.InsertDomainAsync("example.com");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Whole_tables_are_read_past_the_servers_limit_of_rows()
    {
        _server.MaxRows = 400;
        for (var i = 0; i < 2_500; i++)
        {
            await _server.InsertDomainAsync($"d{i}.example");
        }

        await _server.InsertBanAsync("domain", "banned.example");
        await _server.InsertBanAsync("domain", "lifted.example", status: "lifted");
        await using var sync = await StartAsync();
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("d2499.example", PolicyVerdict.Accepted);
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("d0.example"));
        Assert.Equal(PolicyVerdict.Refused, filters.Sender("a", "banned.example"));
        Assert.Equal(PolicyVerdict.Accepted, filters.Sender("a", "lifted.example"));
    }

    [Fact]
    public async Task A_Realtime_event_takes_effect_without_a_poll()
    {
        await using var sync = await StartAsync();
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        await Eventually.TrueAsync(() => _server.Realtime.Joins == 1);

        var ban = await _server.InsertBanAsync("email", "Spam@Sender.example");
        await filters.UntilSenderAsync("spam", "sender.example", PolicyVerdict.Refused);
        await _server.DeleteAsync("bans", ban);
        await filters.UntilSenderAsync("spam", "sender.example", PolicyVerdict.Accepted);
        Assert.Equal(HealthStatus.Healthy, await sync.CheckHealthAsync());
    }

    /// <summary>Realtime refuses a channel that names a table that is not there: the poll finds them.</summary>
    [Fact]
    public async Task A_project_may_have_rules_of_recipients_and_may_get_them_later()
    {
        await using var sync = await StartAsync(("Filters:PollInterval", "00:00:01"));
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        _server.CreateTable("blocked_addresses");
        _server.CreateTable("domain_prefixes");
        var blocked = await _server.InsertAsync(
            "blocked_addresses", new JsonObject { ["address"] = "Box@Example.com" });
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Blocked);
        await _server.DeleteAsync("blocked_addresses", blocked);
        await _server.InsertAsync(
            "domain_prefixes", new JsonObject { ["domain"] = "example.com", ["prefix"] = "qa-" });
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.WithoutPrefix);
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("example.com", "qa-box"));
        Assert.Equal(HealthStatus.Healthy, await sync.CheckHealthAsync());
    }

    [Fact]
    public async Task A_dropped_socket_is_joined_again_and_what_was_missed_is_read()
    {
        await using var sync = await StartAsync();
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        await Eventually.TrueAsync(() => _server.Realtime.Joins == 1);

        _server.Realtime.JoinRefusal = "not now";
        _server.Realtime.DropAll();
        await _server.InsertDomainAsync("other.example");
        _server.Realtime.JoinRefusal = null;
        await filters.UntilRecipientAsync("other.example", PolicyVerdict.Accepted);
    }

    [Theory]
    [InlineData("401")]
    [InlineData("500")]
    [InlineData("html")]
    [InlineData("half a page")]
    [InlineData("late")]
    [InlineData("second page")]
    public async Task A_failing_Supabase_leaves_the_last_version_in_force(string fault)
    {
        await using var sync = await StartAsync(("Filters:ReadTimeout", fault is "late" ? "00:00:03" : "00:00:30"));
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        await Eventually.TrueAsync(() => _server.Realtime.Joins == 1);

        _server.Fault = http => FailAsync(fault, http);
        await _server.InsertDomainAsync("other.example");
        await Eventually.TrueAsync(async () => await sync.CheckHealthAsync() == HealthStatus.Unhealthy);
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("example.com"));
        Assert.Equal(PolicyVerdict.Refused, filters.Recipient("other.example"));
        Assert.Single(sync.Log, static l => l.Contains("The source of domains fails", StringComparison.Ordinal));

        _server.Fault = null;
        await filters.UntilRecipientAsync("other.example", PolicyVerdict.Accepted);
        await Eventually.TrueAsync(async () => await sync.CheckHealthAsync() == HealthStatus.Healthy);
        Assert.DoesNotContain(sync.Log, static l => l.Contains(SupabaseServer.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistaken_empty_list_waits_for_the_next_poll()
    {
        await using var sync = await StartAsync(("Filters:PollInterval", "00:00:03"));
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        await Eventually.TrueAsync(() => _server.Realtime.Joins == 1);

        _server.Truncate("domains");
        await _server.InsertBanAsync("domain", "evil.example");
        await filters.UntilSenderAsync("a", "evil.example", PolicyVerdict.Refused);
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("example.com"));
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Refused);
    }

    [Fact]
    public async Task A_burst_of_a_thousand_changes_is_few_reads()
    {
        await using var sync = await StartAsync();
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("example.com", PolicyVerdict.Accepted);
        await Eventually.TrueAsync(() => _server.Realtime.Joins == 1);
        _server.Requests.Clear();
        for (var i = 0; i < 1_000; i++)
        {
            await _server.InsertBanAsync("domain", $"d{i}.example");
        }

        await filters.UntilSenderAsync("a", "d999.example", PolicyVerdict.Refused);
        Assert.InRange(_server.Requests.Count, 1, 200);
    }

    [Fact]
    public async Task Without_URL_or_key_the_start_is_refused_by_the_variables_names()
    {
        var ex = await Assert.ThrowsAsync<OptionsValidationException>(() => SyncHost.StartAsync(
            _redis.ConnectionString, database: null, ("Filters:Domains:Source", "Supabase"),
            ("Filters:Bans:Source", "Open")));
        Assert.Contains("SUPABASE_URL", ex.Message, StringComparison.Ordinal);
        Assert.Contains("SUPABASE_SERVICE_ROLE_KEY", ex.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_or_Redis_the_start_is_refused_by_name()
    {
        var ex = await Assert.ThrowsAsync<ConfigurationException>(
            () => SyncHost.StartAsync(_redis.ConnectionString, database: null));
        Assert.Contains("DATABASE_URL", ex.Message, StringComparison.Ordinal);
        ex = await Assert.ThrowsAsync<ConfigurationException>(() => SyncHost.StartAsync("", "Host=x"));
        Assert.Contains("ConnectionStrings__redis", ex.Message, StringComparison.Ordinal);
    }

    private Task<SyncHost> StartAsync(params (string, string)[] more) => SyncHost.StartAsync(
        _redis.ConnectionString,
        database: null,
        [
            ("Filters:Domains:Source", "Supabase"), ("Filters:Bans:Source", "Supabase"),
            ("Supabase:Url", _server.Url), ("Supabase:ServiceRoleKey", SupabaseServer.Key), .. more,
        ]);

    private static async Task FailAsync(string fault, HttpContext http)
    {
        switch (fault)
        {
            case "401":
                http.Response.StatusCode = 401;
                await http.Response.WriteAsync($$"""{"message":"Invalid API key {{SupabaseServer.Key}}"}""");
                break;
            case "500":
                http.Response.StatusCode = 500;
                break;
            case "html":
                await http.Response.WriteAsync("<html><body>Bad gateway</body></html>");
                break;
            case "half a page":
                await http.Response.WriteAsync("""[{"id":1,"domain":"exam""");
                break;
            case "late":
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing);
                break;
            default:
                http.Response.StatusCode = http.Request.Query.ContainsKey("id") ? 500 : 200;
                await http.Response.WriteAsync("""[{"id":1,"domain":"only.example"}]""");
                break;
        }
    }
}
