using Cybertemp.Sync;
using Cybertemp.Sync.Publishing;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Sync;

/// <summary>A Sync in this process, with a poll so slow that only notifications can explain a change.</summary>
internal sealed class SyncHost(IHost host, CapturedLog log) : IAsyncDisposable
{
    public IEnumerable<string> Log => log.Lines;

    public bool IsActive => host.Services.GetRequiredService<MirrorLease>().Token is not null;

    public static async Task<SyncHost> StartAsync(
        string redis, string? database, params (string Key, string Value)[] more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:redis"] = redis,
            ["ConnectionStrings:cybertemp"] = database,
            ["Filters:PollInterval"] = "1.00:00:00",
        });
        builder.Configuration.AddInMemoryCollection(
            more.Select(static m => KeyValuePair.Create(m.Key, (string?)m.Value)));
        var log = new CapturedLog();
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.AddSync();
        var host = builder.Build();
        await host.StartAsync();
        return new SyncHost(host, log);
    }

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public async Task<HealthStatus> CheckHealthAsync() => (await Get<HealthCheckService>().CheckHealthAsync()).Status;

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
