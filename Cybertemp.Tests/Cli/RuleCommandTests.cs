using System.Text.Json;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Sync;

namespace Cybertemp.Tests.Cli;

/// <summary><c>domains</c> and <c>bans</c>, beside a Sync and a receiver's filters.</summary>
public sealed class RuleCommandTests(Servers servers) : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private FilterTables _tables = null!;
    private SyncHost _sync = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _tables = await FilterTables.CreateAsync(await servers.Postgres.CreateDatabaseAsync());
        _sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _sync.DisposeAsync();
        await _tables.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Domains_are_added_listed_and_removed_by_any_spelling()
    {
        Assert.Equal((0, "xn--bcher-kva.example added\n"), await RunAsync("domains", "add", "B\u00FCcher.Example"));
        Assert.Equal(
            (0, "xn--bcher-kva.example is there already\n*.wild.example added\n"),
            await RunAsync("domains", "add", "xn--bcher-kva.example", "*.Wild.example"));
        Assert.Equal((1, "*.wild.example is there already\n"), await RunAsync("domains", "add", "*.wild.example"));
        Assert.Equal((0, "*.wild.example\nxn--bcher-kva.example\n"), await RunAsync("domains", "list"));
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("a.wild.example", PolicyVerdict.Accepted);

        Assert.Equal((0, "*.wild.example removed\n"), await RunAsync("domains", "remove", "*.wild.example"));
        Assert.Equal((1, "*.wild.example is not there\n"), await RunAsync("domains", "remove", "*.wild.example"));
        await filters.UntilRecipientAsync("a.wild.example", PolicyVerdict.Refused);
    }

    [Fact]
    public async Task Addresses_are_blocked_and_prefixes_asked_for()
    {
        await RunAsync("domains", "add", "temp.example", "*.qa.example");
        await _tables.MigrateToRecipientsAsync();
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("temp.example", PolicyVerdict.Accepted);
        Assert.Equal((0, "box@temp.example is blocked\n"), await RunAsync("blocked", "add", "BOX@Temp.example"));
        Assert.Equal((1, "box@temp.example is blocked already\n"), await RunAsync(
            "blocked", "add", "box@temp.example"));
        Assert.Equal((0, "box@temp.example\n"), await RunAsync("blocked", "list"));
        var postmaster = await CliProcess.RunAsync(
            "blocked", "add", "Postmaster@temp.example", "--database", _tables.ConnectionString);
        Assert.Equal(
            (1, "Mail for postmaster is always received (RFC 5321 4.5.1).\n"), (postmaster.ExitCode, postmaster.Error));
        Assert.Equal((0, "*.qa.example test- added\n"), await RunAsync("prefixes", "add", "*.QA.example", "Test-"));
        Assert.Equal((0, "*.qa.example test-\n"), await RunAsync("prefixes", "list"));
        await filters.UntilRecipientAsync("temp.example", PolicyVerdict.Blocked);
        await filters.UntilRecipientAsync("a.qa.example", PolicyVerdict.WithoutPrefix);
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("a.qa.example", "test-1"));
        Assert.Equal(PolicyVerdict.Accepted, filters.Recipient("a.qa.example", "postmaster"));

        Assert.Equal((0, "box@temp.example is not blocked any more\n"), await RunAsync(
            "blocked", "remove", "box@temp.example"));
        Assert.Equal((0, "*.qa.example test- removed\n"), await RunAsync(
            "prefixes", "remove", "*.qa.example", "test-"));
        Assert.Equal((1, "*.qa.example test- is not there\n"), await RunAsync(
            "prefixes", "remove", "*.qa.example", "test-"));
        await filters.UntilRecipientAsync("temp.example", PolicyVerdict.Accepted);
        await filters.UntilRecipientAsync("a.qa.example", PolicyVerdict.Accepted);
    }

    [Fact]
    public async Task Bans_are_added_listed_put_in_force_again_and_removed()
    {
        Assert.Equal((0, "email spam@sender.example exact added\n"), await RunAsync(
            "bans", "add", "email", "Spam@Sender.example"));
        Assert.Equal(
            (0, "domain casino contains added\n"), await RunAsync("bans", "add", "domain", "CASINO", "contains"));
        Assert.Equal((1, "domain casino contains is in force already\n"), await RunAsync(
            "bans", "add", "domain", "casino", "contains"));
        await _tables.ExecuteAsync("update bans set status = 'lifted' where scope = 'domain'");
        Assert.Equal(
            (0, "domain casino contains (lifted)\nemail spam@sender.example exact\n"), await RunAsync("bans", "list"));
        Assert.Equal(
            (0, "domain casino contains added\n"), await RunAsync("bans", "add", "domain", "casino", "contains"));
        Assert.Equal((0, "email spam@sender.example exact removed\n"), await RunAsync(
            "bans", "remove", "email", "spam@SENDER.example"));
        Assert.Equal((0, "domain casino contains\n"), await RunAsync("bans", "list"));
    }

    [Fact]
    public async Task Bans_of_an_older_looser_table_are_listed_and_changed()
    {
        await _tables.ExecuteAsync("""
            drop table bans;
            create table bans (
                id int generated always as identity, scope text, value text, match_type text, status text);
            insert into bans (scope, value, match_type, status) values
                ('domain', 'evil.example', null, 'active'), ('email', 'a@evil.example', 'exact', null),
                (null, null, null, 'active')
            """);
        var (code, output) = await RunAsync("bans", "list");
        Assert.Equal(0, code);
        Assert.Equal("domain evil.example exact\nemail a@evil.example exact (no status)\n"
            + "  exact (unreadable, not in force)\n", output);
        Assert.Equal(
            (0, "email a@evil.example exact added\n"), await RunAsync("bans", "add", "email", "a@evil.example"));
    }

    [Fact]
    public async Task Json_has_the_rows_as_they_are()
    {
        await _tables.ExecuteAsync("insert into domains (domain) values ('b.example'), ('*.a.example')");
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'Evil.example')");
        Assert.Equal(
            ["*.a.example", "b.example"],
            JsonSerializer.Deserialize<string[]>((await RunAsync("domains", "list", "--json")).Output)!);
        var ban = JsonDocument.Parse((await RunAsync("bans", "list", "--json")).Output).RootElement[0];
        Assert.Equal(
            ("Evil.example", "active"), (ban.GetProperty("value").GetString(), ban.GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData("Filters__Domains__Source", "Supabase", "domains")]
    [InlineData("USE_SUPABASE_BANS", "false", "bans")]
    public async Task A_list_that_comes_from_elsewhere_is_not_changed_here(string name, string value, string list)
    {
        var run = await CliProcess.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value }, "", list, "list", "--database",
            _tables.ConnectionString);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"The {list} come from ", run.Error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var run = await CliProcess.RunAsync([.. arguments, "--database", _tables.ConnectionString]);
        Assert.Empty(run.Error);
        return (run.ExitCode, run.Output);
    }
}
