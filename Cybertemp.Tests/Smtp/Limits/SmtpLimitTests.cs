using System.Text;
using Cybertemp.SmtpReceiver.Smtp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cybertemp.Tests.Smtp.Limits;

/// <summary>Limits that are about many sessions, over real sockets.</summary>
public sealed class SmtpLimitTests
{
    private const string NobodyExempt = "Smtp:UnlimitedNetworks=";
    private const string FromProxy = "Smtp:ProxyNetworks=127.0.0.0/8";

    [Fact]
    public async Task Fifty_one_clients_are_served_and_the_fifty_first_session_of_one_is_not()
    {
        await using var host = await SmtpHost.StartAsync(NobodyExempt);
        var clients = new List<SmtpTestClient>();
        for (var i = 2; i <= 52; i++)
        {
            clients.Add(await SmtpTestClient.ConnectAsync(host.Port, $"127.0.0.{i}"));
            await clients[^1].ExpectAsync("220");
        }

        for (var i = 0; i < 49; i++)
        {
            clients.Add(await SmtpTestClient.ConnectAsync(host.Port, "127.0.0.2"));
            await clients[^1].ExpectAsync("220");
        }

        await using var refused = await SmtpTestClient.ConnectAsync(host.Port, "127.0.0.2");
        await refused.ExpectAsync(Text(SmtpReply.TooManySessions.InPlaceOfGreeting("mx.test")));
        Assert.Null(await refused.ReadReplyAsync());
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Proxied_clients_are_counted_by_their_own_address()
    {
        await using var host = await SmtpHost.StartAsync(FromProxy);
        var clients = new List<SmtpTestClient>();
        for (var i = 2; i <= 52; i++)
        {
            clients.Add(await ConnectProxiedAsync(host, $"::ffff:127.0.0.{i}"));
            await clients[^1].ExpectAsync("220");
        }

        for (var i = 0; i < 49; i++)
        {
            clients.Add(await ConnectProxiedAsync(host, "::ffff:127.0.0.2"));
            await clients[^1].ExpectAsync("220");
        }

        await using var refused = await ConnectProxiedAsync(host, "::ffff:127.0.0.2");
        await refused.ExpectAsync(Text(SmtpReply.TooManySessions.InPlaceOfGreeting("mx.test")));
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_message_through_a_proxy_is_stored_with_the_clients_address()
    {
        await using var host = await SmtpHost.StartAsync(FromProxy);
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        await client.SendAsync("PROXY TCP4 192.0.2.7 192.0.2.8 1234 25\r\n");
        await client.BeginDataAsync();
        await client.ExchangeAsync(".", "250");
        Assert.Equal("192.0.2.7", Assert.Single(host.Sink.Messages).Envelope.ClientAddress.ToString());
    }

    [Theory]
    [InlineData("EHLO client.example\r\n")]
    [InlineData("PROXY TCP4 nonsense\r\n")]
    public async Task A_bad_PROXY_header_closes(string first)
    {
        await using var host = await SmtpHost.StartAsync(FromProxy);
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        await client.SendAsync(first);
        Assert.Null(await client.ReadReplyAsync());
    }

    [Fact]
    public async Task A_PROXY_header_that_does_not_come_closes()
    {
        await using var host = await SmtpHost.StartAsync(FromProxy, "Smtp:ProxyHeaderTimeout=00:00:00.1");
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        Assert.Null(await client.ReadReplyAsync());
    }

    [Fact]
    public async Task A_client_without_a_session_finds_one_while_others_fill_the_rest()
    {
        await using var host = await SmtpHost.StartAsync(
            NobodyExempt, "Smtp:MaxSessions=40", "Smtp:MaxSessionWait=00:00:00.05");
        var hogs = new List<SmtpTestClient>();
        for (var i = 0; i < 39; i++)
        {
            hogs.Add(await SmtpTestClient.ConnectAsync(host.Port, "127.0.0.2"));
            await hogs[i].ExpectAsync("220");
        }

        await using var refused = await SmtpTestClient.ConnectAsync(host.Port, "127.0.0.2");
        await refused.ExpectAsync("421 4.3.2 mx.test");
        await using var other = await SmtpTestClient.ConnectAsync(host.Port, "127.0.0.3");
        await other.ExpectAsync("220");
        foreach (var hog in hogs)
        {
            await hog.DisposeAsync();
        }
    }

    [Fact]
    public async Task Connections_wait_in_line_and_are_refused_when_the_line_is_full()
    {
        await using var host = await SmtpHost.StartAsync("Smtp:MaxSessions=1", "Smtp:MaxWaitingConnections=1");
        var first = await SmtpTestClient.ConnectAsync(host.Port);
        await first.ExpectAsync("220");
        await using var second = await SmtpTestClient.ConnectAsync(host.Port);
        var greeting = second.ReadReplyAsync();
        await using var third = await SmtpTestClient.ConnectAsync(host.Port);
        await third.ExpectAsync(Text(SmtpReply.ServerBusy.InPlaceOfGreeting("mx.test")));
        Assert.False(greeting.IsCompleted);
        await first.DisposeAsync();
        Assert.StartsWith("220", await greeting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_waits_in_line_only_so_long()
    {
        await using var host = await SmtpHost.StartAsync("Smtp:MaxSessions=1", "Smtp:MaxSessionWait=00:00:00.05");
        await using var first = await SmtpTestClient.ConnectAsync(host.Port);
        await first.ExpectAsync("220");
        await using var second = await SmtpTestClient.ConnectAsync(host.Port);
        await second.ExpectAsync(Text(SmtpReply.ServerBusy.InPlaceOfGreeting("mx.test")));
    }

    [Fact]
    public async Task A_client_connects_only_so_often()
    {
        await using var host = await SmtpHost.StartAsync(NobodyExempt, "Smtp:MaxConnectionsPerMinutePerClient=1");
        await using var first = await SmtpTestClient.ConnectAsync(host.Port);
        await first.ExpectAsync("220");
        await using var second = await SmtpTestClient.ConnectAsync(host.Port);
        await second.ExpectAsync(Text(SmtpReply.TooManyConnections.InPlaceOfGreeting("mx.test")));
    }

    [Fact]
    public async Task A_domain_is_switched_off_and_on_without_a_restart()
    {
        await using var fixture = new SmtpFixture().Start();
        var configuration = (IConfigurationRoot)fixture.Services.GetRequiredService<IConfiguration>();
        await fixture.BeginTransactionAsync();
        foreach (var (domains, reply) in ((string, string)[])[
            ("Temp.Example", "550 5.2.1"), ("*.example", "550 5.2.1"), ("*.temp.example, x.example", "250 2.1.5"),
            ("", "250 2.1.5")])
        {
            configuration["Inboxes:DisabledDomains"] = domains;
            configuration.Reload();
            await fixture.ExchangeAsync("RCPT TO:<other@temp.example>", reply);
            await fixture.ExchangeAsync("RSET", "250");
            await fixture.ExchangeAsync("MAIL FROM:<>", "250");
        }
    }

    [Fact]
    public async Task A_client_that_does_not_take_its_replies_is_closed()
    {
        await using var fixture = new SmtpFixture().Start();
        var sending = fixture.SendAsync(string.Concat(Enumerable.Repeat("NOOP\r\n", 20_000)));
        Assert.False(fixture.Running.IsCompleted);
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        await fixture.Running.WaitAsync(TimeSpan.FromSeconds(10));
        await sending;
    }

    [Theory]
    [InlineData("Smtp:ProxyNetworks=10.0.0.0/33", "ProxyNetworks")]
    [InlineData("Smtp:UnlimitedNetworks=localhost", "UnlimitedNetworks")]
    [InlineData("Smtp:ListenAddress=everywhere", "ListenAddress")]
    [InlineData("Smtp:MaxRecipients=99", "MaxRecipients")]
    [InlineData("Smtp:HostName=mx test", "HostName")]
    [InlineData("Smtp:CommandTimeout=00:00:00", "CommandTimeout")]
    [InlineData("Smtp:MaxInFlightBytes=600000", "MaxInFlightBytes")]
    [InlineData("Smtp:MaxInFlightBytesPerClient=600000", "MaxInFlightBytesPerClient")]
    [InlineData("Inboxes:DisabledDomains=a..b", "DisabledDomains")]
    public async Task A_bad_option_stops_the_start_and_is_named(string setting, string name)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => SmtpHost.StartAsync(setting));
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_stops_the_start_and_is_named()
    {
        await using var host = await SmtpHost.StartAsync();
        var failure = await Assert.ThrowsAsync<IOException>(() => SmtpHost.StartAsync($"Smtp:Port={host.PortText}"));
        Assert.Contains(host.PortText, failure.Message, StringComparison.Ordinal);
    }

    private static async Task<SmtpTestClient> ConnectProxiedAsync(SmtpHost host, string client)
    {
        var connection = await SmtpTestClient.ConnectAsync(host.Port);
        await connection.SendAsync($"PROXY TCP6 {client} ::1 1234 25\r\n");
        return connection;
    }

    private static string Text(SmtpReply reply) => Encoding.ASCII.GetString(reply.Bytes.Span).TrimEnd();
}
