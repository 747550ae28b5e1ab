using System.Net;
using System.Net.Sockets;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.EndToEnd;

/// <summary>What keeps a receiver from starting, or from being ready, is a line each and no stack trace.</summary>
public sealed class StartFailureTests
{
    [Fact]
    public async Task An_http_port_that_is_taken_is_named_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var receiver = await StartAsync(
            ("ASPNETCORE_URLS", $"http://{other.LocalEndpoint}"), ("Storage__StartupWait", "00:00:00"));
        Assert.Equal(69, await receiver.WaitForExitAsync());
        await receiver.WaitForLineAsync($"Failed to bind to address http://{other.LocalEndpoint}");
        Assert.DoesNotContain("   at ", receiver.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PostgreSQL_that_is_away_is_one_line_however_often_it_is_tried()
    {
        await using var receiver = await StartAsync(("Storage__StartupWait", "00:00:03"));
        await receiver.WaitForLineAsync("SMTP listens on");
        Assert.DoesNotContain("   at ", receiver.Output, StringComparison.Ordinal);
        var line = Assert.Single(
            receiver.Output.Split('\n'), static l => l.Contains("could not be checked", StringComparison.Ordinal));
        Assert.EndsWith(
            "migrated yet: Failed to connect to 127.0.0.1:1 (ConnectionRefused)", line, StringComparison.Ordinal);
    }

    private static Task<ServiceProcess> StartAsync(params (string Key, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__cybertemp"] = "Host=127.0.0.1;Port=1;Username=nobody",
            ["USE_SUPABASE_DOMAINS"] = "false",
            ["USE_SUPABASE_BANS"] = "false",
            ["SMTP_RECEIVE_PORT"] = "0",
        };
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        return ServiceProcess.StartAsync("Cybertemp.SmtpReceiver", environment);
    }
}
