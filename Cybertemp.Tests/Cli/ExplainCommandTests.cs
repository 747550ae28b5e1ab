using System.Text;
using System.Text.Json;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Sync;

namespace Cybertemp.Tests.Cli;

/// <summary><c>explain</c> says what a receiver beside it says, word for word.</summary>
public sealed class ExplainCommandTests(Servers servers) : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private FilterTables _tables = null!;
    private SyncHost _sync = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _tables = await FilterTables.CreateAsync(await servers.Postgres.CreateDatabaseAsync());
        await _tables.ExecuteAsync(
            "insert into domains (domain) values ('temp.example'), ('*.wild.example'), ('off.example')");
        await _tables.ExecuteAsync("insert into bans (scope, value) values ('domain', 'evil.example')");
        await _tables.MigrateToRecipientsAsync();
        await _tables.ExecuteAsync("insert into blocked_addresses (address) values ('blocked@temp.example')");
        await _tables.ExecuteAsync("insert into domain_prefixes (domain, prefix) values ('x.wild.example', 'box')");
        _sync = await SyncHost.StartAsync(_redis.ConnectionString, _tables.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _sync.DisposeAsync();
        await _tables.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Says_what_the_receiver_answers_to_each_sender_and_recipient()
    {
        string[] senders = ["a@ok.example", "x@a.Evil.example", "", "no address", "a@[192.0.2.1]", "a@-.example"];
        string[] recipients =
        [
            "box@temp.example", "BOX@Temp.Example.", "u..v@temp.example", $"{new string('l', 65)}@temp.example",
            "admin+tag@temp.example", "Blocked@temp.example", "crate@x.wild.example", "box1@x.wild.example",
            "postmaster@x.wild.example",
            "box@wild.example", "box@a.wild.example", "box@off.example", "box@[192.0.2.1]", "Postmaster", "box",
            "\"a b\"@temp.example", "b\u00F6x@temp.example",
        ];
        await UntilFiltersAsync();
        await using var receiver = await ServiceProcess.StartAsync("Cybertemp.SmtpReceiver", Environment);
        await using var client = await RawSmtpClient.ConnectAsync(await receiver.WaitForPortAsync("SMTP listens on"));
        await Eventually.TrueAsync(() => receiver.Output.Contains("Filter version ", StringComparison.Ordinal));
        await client.ReplyAsync();
        await client.CommandAsync("EHLO client.example");
        foreach (var sender in senders)
        {
            var answer = await client.CommandAsync($"MAIL FROM:<{sender}> SMTPUTF8");
            await client.CommandAsync("RSET");
            Assert.Equal(Words(answer), (await ExplainAsync(sender, "box@temp.example")).Sender);
        }

        await client.CommandAsync("MAIL FROM:<a@ok.example> SMTPUTF8");
        foreach (var recipient in recipients)
        {
            var answer = await client.CommandAsync(
                $"RCPT TO:<{Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(recipient))}>");
            Assert.Equal(Words(answer), (await ExplainAsync("a@ok.example", recipient)).Recipient);
        }
    }

    [Fact]
    public async Task Names_the_rule_and_the_version()
    {
        var version = await UntilFiltersAsync();
        var refused = await RunAsync("explain", "X@A.evil.example", "box@wild.example");
        const string Reason = "*.wild.example is listed, which does not include wild.example itself";
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            $"""
            version {version}: 3 domains, 1 bans
            sender <x@a.evil.example>: 550 5.7.1 Sender banned (banned by domain evil.example)
            recipient <box@wild.example>: 550 5.7.1 Mail for this domain is not received here ({Reason})

            """,
            refused.Output);

        var reserved = await RunAsync("explain", "<>", "admin@a.wild.example");
        Assert.Equal(0, reserved.ExitCode);
        Assert.Contains(
            "recipient <admin@a.wild.example>: 250 2.1.5 Recipient ok (received by *.wild.example; the local part is "
                + "reserved", reserved.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_filters_nobody_can_say()
    {
        await using var empty = await RedisServer.StartAsync();
        var none = await CliProcess.RunAsync(
            "explain", "a@ok.example", "box@temp.example", "--redis", empty.ConnectionString);
        Assert.Equal((69, ""), (none.ExitCode, none.Output));
        Assert.StartsWith("No version of the filters is in force", none.Error, StringComparison.Ordinal);

        var open = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["USE_SUPABASE_DOMAINS"] = "false",
            ["USE_SUPABASE_BANS"] = "false",
        };
        Assert.Equal(0, (await CliProcess.RunAsync(open, "", "explain", "a@ok.example", "box@any.example")).ExitCode);
    }

    private Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__cybertemp"] = _tables.ConnectionString,
        ["ConnectionStrings__redis"] = _redis.ConnectionString,
        ["Inboxes__DisabledDomains"] = "off.example",
        ["Smtp__Port"] = "0",
        ["Smtp__ListenAddress"] = "127.0.0.1",
        ["Smtp__MaxErrors"] = "100",
    };

    private async Task<long> UntilFiltersAsync()
    {
        await using var filters = await FilterHost.StartAsync(_redis.ConnectionString);
        await filters.UntilRecipientAsync("temp.example", PolicyVerdict.Accepted);
        return filters.Version;
    }

    private Task<CliProcess> RunAsync(params string[] arguments) => CliProcess.RunAsync(Environment, "", arguments);

    private async Task<(string Sender, string Recipient)> ExplainAsync(string sender, string recipient)
    {
        var answer = JsonDocument.Parse((await RunAsync("explain", sender, recipient, "--json")).Output).RootElement;
        return (Reply("sender"), Reply("recipient"));

        string Reply(string name) => answer.GetProperty(name).GetProperty("reply").GetString()!;
    }

    /// <summary>Without the reference of the session that a refusal ends with.</summary>
    private static string Words(string answer) => answer.Split(" (", 2)[0];
}
