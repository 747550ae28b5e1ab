using System.Globalization;
using Cybertemp.Mail.Webhooks;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Web.Webhooks;

/// <summary>Real processes, killed: what was acknowledged is told at least once.</summary>
public sealed class CrashTests(Servers servers) : IAsyncLifetime
{
    private const int Kills = 3;

    private string _database = "";
    private HookServer _hooks = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await servers.Postgres.CreateDatabaseAsync();
        _hooks = await HookServer.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _hooks.DisposeAsync();

    /// <summary>The receiver dies with its connections right behind a 250, again and again.</summary>
    [Fact]
    public async Task What_a_receiver_has_acknowledged_before_it_was_killed_is_told()
    {
        var acknowledged = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var receiver = await StartReceiverAsync();
            var port = await receiver.WaitForPortAsync("SMTP listens on");
            if (kill == 0)
            {
                await AddAsync();
            }

            await Task.WhenAll(Enumerable.Range(0, 4).Select(
                sender => SendAsync(receiver, port, acknowledged, $"{kill}.{sender}")));
            await receiver.WaitForExitAsync();
        }

        Assert.NotEmpty(acknowledged);
        await using var web = await StartWebAsync();
        await Eventually.TrueAsync(
            () => !acknowledged.Except(_hooks.Subjects("/hook"), StringComparer.Ordinal).Any());
    }

    /// <summary>The process that tells dies with requests under way: another one tells again.</summary>
    [Fact]
    public async Task What_was_being_told_when_its_process_was_killed_is_told_by_another()
    {
        await using var receiver = await StartReceiverAsync();
        var port = await receiver.WaitForPortAsync("SMTP listens on");
        await AddAsync();
        _hooks.Hang("/hook");
        await using (var web = await StartWebAsync())
        {
            await using var client = await RawSmtpClient.ConnectAsync(port);
            await SendOneAsync(client, "told twice");
            await Eventually.TrueAsync(() => _hooks.Requests.Count == 1);
            await web.SignalAsync("KILL");
            await web.WaitForExitAsync();
        }

        _hooks.Answer("/hook", 204);
        await using var source = NpgsqlDataSource.Create(_database);
        await using (var expire = source.CreateCommand("update webhook_outbox set next_attempt_at = now()"))
        {
            Assert.Equal(1, await expire.ExecuteNonQueryAsync()); // Its lease would end within a minute or two.
        }

        await using var other = await StartWebAsync();
        await Eventually.TrueAsync(() => _hooks.Requests.Count == 2);
        Assert.Equal(["told twice", "told twice"], _hooks.Subjects("/hook"));
    }

    /// <summary>Until the receiver is gone; it is killed after some messages.</summary>
    private static async Task SendAsync(ServiceProcess receiver, int port, List<string> acknowledged, string name)
    {
        try
        {
            await using var client = await RawSmtpClient.ConnectAsync(port);
            for (var i = 0; ; i++)
            {
                var subject = string.Create(CultureInfo.InvariantCulture, $"{name}.{i}");
                await SendOneAsync(client, subject);
                lock (acknowledged)
                {
                    acknowledged.Add(subject);
                }

                if (i == 10)
                {
                    await receiver.SignalAsync("KILL");
                }
            }
        }
        catch (Exception ex) when (ex is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            // Killed.
        }
    }

    private static async Task SendOneAsync(RawSmtpClient client, string subject)
    {
        if (subject.EndsWith(".0", StringComparison.Ordinal) || !subject.Contains('.', StringComparison.Ordinal))
        {
            await client.ReplyAsync();
            await client.CommandAsync("EHLO client.example");
        }

        await client.SendAsync("MAIL FROM:<a@b.example>\r\nRCPT TO:<box@t.example>\r\nDATA\r\n");
        await client.ReplyAsync();
        await client.ReplyAsync();
        await client.ReplyAsync();
        var reply = await client.CommandAsync($"Subject: {subject}\r\n\r\nhello\r\n.");
        Assert.StartsWith("250 ", reply, StringComparison.Ordinal);
    }

    private async Task AddAsync()
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await new WebhookTables(source).AddAsync(
            _hooks.Url("/hook"), WebhookSecret.Create(), new WebhookScope("t.example"), ("", ""),
            CancellationToken.None);
    }

    private Task<ServiceProcess> StartReceiverAsync() => ServiceProcess.StartAsync(
        "Cybertemp.SmtpReceiver",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__cybertemp"] = _database,
            ["USE_SUPABASE_DOMAINS"] = "false",
            ["USE_SUPABASE_BANS"] = "false",
            ["Smtp__Port"] = "0",
            ["Smtp__ListenAddress"] = "127.0.0.1",
        });

    private async Task<ServiceProcess> StartWebAsync()
    {
        var web = await ServiceProcess.StartAsync(
            "Cybertemp.Web",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = _database,
                ["Filters__Domains__Source"] = "Open",
                ["Webhooks__AllowedNetworks"] = "127.0.0.0/8",
            });
        await web.WaitForLineAsync("Now listening on");
        return web;
    }
}
