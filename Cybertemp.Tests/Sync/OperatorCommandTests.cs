extern alias sync;

using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.Tests.Support;
using sync::Cybertemp.Sync.Commands;

namespace Cybertemp.Tests.Sync;

[Collection(Servers.Name)]
public sealed class OperatorCommandTests(Servers servers) : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private FilterTables _tables = null!;
    private SyncHost _sync = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _tables = await FilterTables.CreateAsync(await servers.Postgres.CreateDatabaseAsync());
        _sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _sync.DisposeAsync();
        await _tables.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Domains_are_added_listed_and_removed_by_any_spelling()
    {
        Assert.Equal((0, "xn--bcher-kva.example added\n"), await RunAsync("domains", "add", "B\u00FCcher.Example"));
        Assert.Equal((1, "xn--bcher-kva.example is there already\n"), await RunAsync("domains", "add", "xn--bcher-kva.example"));
        Assert.Equal((0, "*.wild.example added\n"), await RunAsync("domains", "add", "*.Wild.example"));
        Assert.Equal((0, "*.wild.example\nxn--bcher-kva.example\n"), await RunAsync("domains", "list"));
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("a.wild.example", PolicyVerdict.Accepted);

        Assert.Equal((0, "*.wild.example removed\n"), await RunAsync("domains", "remove", "*.wild.example"));
        Assert.Equal((1, "*.wild.example is not there\n"), await RunAsync("domains", "remove", "*.wild.example"));
        await filters.UntilRecipientAsync("a.wild.example", PolicyVerdict.Refused);
    }

    [Fact]
    public async Task Bans_are_added_listed_put_in_force_again_and_removed()
    {
        Assert.Equal((0, "email spam@sender.example exact added\n"), await RunAsync("bans", "add", "email", "Spam@Sender.example"));
        Assert.Equal((0, "domain casino contains added\n"), await RunAsync("bans", "add", "domain", "CASINO", "contains"));
        Assert.Equal((1, "domain casino contains is in force already\n"), await RunAsync("bans", "add", "domain", "casino", "contains"));
        await _tables.ExecuteAsync("update bans set status = 'lifted' where scope = 'domain'");
        Assert.Equal((0, "domain casino contains (lifted)\nemail spam@sender.example exact\n"), await RunAsync("bans", "list"));
        Assert.Equal((0, "domain casino contains added\n"), await RunAsync("bans", "add", "domain", "casino", "contains"));
        Assert.Equal((0, "email spam@sender.example exact removed\n"), await RunAsync("bans", "remove", "email", "spam@SENDER.example"));
        Assert.Equal((0, "domain casino contains\n"), await RunAsync("bans", "list"));
    }

    [Fact]
    public async Task Explains_which_rule_of_which_version_decides()
    {
        await _tables.ExecuteAsync("insert into domains (domain) values ('*.wild.example')");
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'evil.example')");
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilSenderAsync("a", "evil.example", PolicyVerdict.Refused);
        await filters.UntilRecipientAsync("a.wild.example", PolicyVerdict.Accepted);

        var version = $"version {filters.Version}: 1 domains, 1 bans\n";
        Assert.Equal(
            (1, version + "sender <x@a.evil.example>: banned by domain evil.example\nrecipient <box@a.wild.example>: accepted by *.wild.example\n"),
            await RunAsync("explain", "X@A.evil.example", "box@a.WILD.example"));
        Assert.Equal(
            (1, version + "sender <>: no ban\nrecipient <box@wild.example>: no rule accepts its domain\n"),
            await RunAsync("explain", "<>", "box@wild.example"));
        Assert.Equal(
            (0, version + "sender <a@b.example>: no ban\nrecipient <postmaster>: accepted by the bare postmaster\n"),
            await RunAsync("explain", "a@b.example", "Postmaster"));
    }

    [Theory]
    [InlineData(64, "domans", "list")]
    [InlineData(64, "domains")]
    [InlineData(64, "domains", "add")]
    [InlineData(64, "domains", "add", "no domain")]
    [InlineData(64, "bans", "add", "ip", "192.0.2.1")]
    [InlineData(64, "bans", "add", "email", "x@y.example", "regex")]
    [InlineData(64, "explain", "a@b.example")]
    [InlineData(64, "explain", "a@b.example", "")]
    public async Task What_is_no_command_is_answered_with_what_is(int code, params string[] args)
    {
        var (actual, output) = await RunAsync(args);
        Assert.Equal(code, actual);
        Assert.NotEmpty(output);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var code = await OperatorCommand.RunAsync(args, _sync.Get<IServiceProvider>(), output, CancellationToken.None);
        return (code, output.ToString());
    }
}
