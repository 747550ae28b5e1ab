using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Redis as a process of this machine. Its configuration, with the password, comes through the standard input.</summary>
internal sealed class LocalRedis(RedisResource resource) : ILocalServer
{
    public string Account => "redis";

    public async Task<ProcessSpec> PrepareAsync(LocalServerContext context, CancellationToken ct)
    {
        var server = Tool.Find("redis-server") ?? throw new DistributedApplicationException(
            "Redis is not installed: no redis-server in PATH. On Debian and Ubuntu: apt-get install redis-server");
        context.Description = $"Redis {await VersionAsync(server, ct)}";
        await context.CreateOwnDirectoryAsync(context.Volume.DataDirectory, ct);
        return new ProcessSpec(server, ["-"])
        {
            Account = context.Account,
            WorkingDirectory = "/",
            Input = await ConfigurationAsync(context, ct),
            DeathSignal = UnixSignal.Terminate,
        };
    }

    public async Task<bool> IsReadyAsync(LocalServerContext context, CancellationToken ct) => await RedisPing.FaultAsync(resource, ct) is null;

    public Task CompleteStartAsync(LocalServerContext context, CancellationToken ct) => Task.CompletedTask;

    /// <summary><c>Redis server v=7.0.15 sha=...</c></summary>
    private static async Task<string> VersionAsync(string server, CancellationToken ct) =>
        (await Tool.RunAsync(null, server, ["--version"], ct)).Split(' ')
            .FirstOrDefault(word => word.StartsWith("v=", StringComparison.Ordinal))?[2..] ?? "of unknown version";

    /// <summary>A string of the configuration file: <c>"</c> and <c>\</c> are escaped.</summary>
    private static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Forced: a Redis that cannot save, say because its directory is gone, would otherwise outlive us.</summary>
    private async Task<string> ConfigurationAsync(LocalServerContext context, CancellationToken ct)
    {
        var save = resource.Annotations.OfType<RedisPersistenceAnnotation>().LastOrDefault() is { } persistence
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)persistence.Interval.TotalSeconds} {persistence.KeysChangedThreshold}")
            : "\"\"";
        var password = Quote((await resource.PasswordParameter!.GetValueAsync(ct))!);
        return string.Create(CultureInfo.InvariantCulture, $"""
            port {context.Port}
            bind 127.0.0.1 -::1
            dir {Quote(context.Volume.DataDirectory)}
            requirepass {password}
            save {save}
            shutdown-on-sigterm force

            """);
    }
}
