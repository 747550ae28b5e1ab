using Cybertemp.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Cybertemp.Tests.Bundled.AspireRedis;

[Collection(Servers.Name)]
public sealed class RedisClientTests(Servers servers)
{
    [Fact]
    public async Task Connects_to_the_named_connection_string_and_reports_healthy()
    {
        using var host = Build(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings:cache"] = servers.Redis.ConnectionString,
            ["Aspire:StackExchange:Redis:ConnectionString"] = "elsewhere:1",
        });
        var redis = host.Services.GetRequiredService<IConnectionMultiplexer>();
        await redis.GetDatabase().PingAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Same(redis, host.Services.GetRequiredService<IConnectionMultiplexer>());
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task A_server_that_is_away_is_connected_to_later_and_unhealthy_until_then()
    {
        await using var server = await RedisServer.StartAsync();
        await server.StopAsync();
        using var host = Build(new(StringComparer.Ordinal) { ["ConnectionStrings:cache"] = server.ConnectionString + ",connectTimeout=500" });
        var entry = Assert.Single((await CheckAsync(host)).Entries);
        Assert.Equal("StackExchange.Redis", entry.Key);
        Assert.Equal(HealthStatus.Unhealthy, entry.Value.Status);

        await server.RestartAsync();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await CheckAsync(host)).Status != HealthStatus.Healthy)
        {
            await Task.Delay(50, bound.Token);
        }
    }

    [Fact]
    public void A_connection_string_that_wants_the_failure_gets_it()
    {
        using var host = Build(new(StringComparer.Ordinal) { ["ConnectionStrings:cache"] = $"127.0.0.1:{ChildProcess.FreePort()},abortConnect=true,connectTimeout=500" });
        Assert.Throws<RedisConnectionException>(host.Services.GetRequiredService<IConnectionMultiplexer>);
    }

    [Fact]
    public void The_options_are_the_callers_to_configure()
    {
        string? name = null;
        using var host = Build(
            new(StringComparer.Ordinal) { ["ConnectionStrings:cache"] = servers.Redis.ConnectionString },
            b => b.AddRedisClient("cache", configureOptions: o => (o.ClientName, name) = ("tests", o.EndPoints[0].ToString())));
        Assert.Equal("tests", host.Services.GetRequiredService<IConnectionMultiplexer>().ClientName);
        Assert.Contains($"{servers.Redis.Port}", name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_connection_string_is_named_when_the_connection_is_asked_for()
    {
        using var host = Build(new(StringComparer.Ordinal));
        var ex = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<IConnectionMultiplexer>);
        Assert.StartsWith("No endpoints specified.", ex.Message, StringComparison.Ordinal);
        Assert.Contains("'ConnectionStrings:cache'", ex.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_check_can_be_left_out()
    {
        using var host = Build(new(StringComparer.Ordinal), b => b.AddRedisClient("cache", s => s.DisableHealthChecks = true));
        Assert.Empty((await CheckAsync(host)).Entries);
    }

    private static Task<HealthReport> CheckAsync(IHost host) => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private static IHost Build(Dictionary<string, string?> configuration, Action<HostApplicationBuilder>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.Services.AddLogging().AddHealthChecks();
        (add ?? (static b => b.AddRedisClient("cache")))(builder);
        return builder.Build();
    }
}
