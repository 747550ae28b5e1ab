using System.Net;
using System.Net.Sockets;
using Cybertemp.ServiceDefaults.Configuration;
using Cybertemp.SmtpReceiver.Heartbeat;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Cybertemp.Tests.Heartbeat;

public sealed class HeartbeatSenderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Asks_the_url_while_ready_and_only_then()
    {
        using var monitor = new TcpListener(IPAddress.Loopback, 0);
        monitor.Start();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ready = false;
        using var host = Build($"http://{monitor.LocalEndpoint}/beat", () =>
        {
            asked.TrySetResult();
            return ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        });
        await host.StartAsync();

        await asked.Task.WaitAsync(Patience);
        Assert.False(monitor.Pending());
        ready = true;
        Assert.StartsWith("GET /beat ", await ServeOneAsync(monitor), StringComparison.Ordinal);
        Assert.StartsWith("GET /beat ", await ServeOneAsync(monitor), StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_warning_with_which_health_answers_200_is_no_alarm()
    {
        using var monitor = new TcpListener(IPAddress.Loopback, 0);
        monitor.Start();
        using var host = Build(
            $"http://{monitor.LocalEndpoint}/beat", static () => HealthCheckResult.Degraded("fsync is off"));
        await host.StartAsync();

        Assert.StartsWith("GET /beat ", await ServeOneAsync(monitor), StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("hc-ping.com/7f3c")]
    [InlineData("/7f3c")]
    [InlineData("ftp://hc-ping.com/7f3c")]
    public async Task A_url_that_cannot_be_asked_is_refused_at_start(string url)
    {
        using var host = Build(url, static () => HealthCheckResult.Healthy());
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        var line = Assert.Single(
            ConfigurationFailure.Describe(refusal, host.Services.GetRequiredService<IConfiguration>()));
        Assert.Equal("Heartbeat:Url is set, but not valid: must be an absolute URL, http:// or https://.", line);
    }

    [Fact]
    public async Task A_monitor_that_never_answers_does_not_stop_the_next_ping()
    {
        using var monitor = new TcpListener(IPAddress.Loopback, 0);
        monitor.Start();
        using var host = Build($"http://{monitor.LocalEndpoint}/beat", () => HealthCheckResult.Healthy());
        await host.StartAsync();

        using var ignored = await monitor.AcceptTcpClientAsync().WaitAsync(Patience);
        Assert.StartsWith("GET /beat ", await ServeOneAsync(monitor), StringComparison.Ordinal);
        await host.StopAsync();
    }

    private static IHost Build(string url, Func<HealthCheckResult> check)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Heartbeat:Url"] = url,
            ["Heartbeat:Interval"] = "00:00:01",
            ["Heartbeat:Timeout"] = "00:00:00.5",
        });
        builder.Services.AddSingleton(TimeProvider.System).AddHeartbeat().AddHealthChecks().AddCheck("ready", check);
        return builder.Build();
    }

    private static async Task<string> ServeOneAsync(TcpListener monitor)
    {
        using var client = await monitor.AcceptTcpClientAsync().WaitAsync(Patience);
        using var reader = new StreamReader(client.GetStream());
        var request = await reader.ReadLineAsync().WaitAsync(Patience);
        await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        return request!;
    }
}
