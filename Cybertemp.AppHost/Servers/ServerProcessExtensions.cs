using System.Globalization;
using Cybertemp.AppHost.Servers.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Cybertemp.AppHost.Servers;

/// <summary>PostgreSQL and Redis of this machine as resources, beside Aspire's own that are containers.</summary>
internal static class ServerProcessExtensions
{
    private const string Loopback = "127.0.0.1";

    /// <summary>PostgreSQL with one database; its data is in the named volume, or temporary for null.</summary>
    /// <exception cref="DistributedApplicationException">It is not installed, or the volume is in use.</exception>
    public static async Task<IResourceBuilder<PostgresProcess>> AddPostgresProcessAsync(
        this IDistributedApplicationBuilder builder, string name, string databaseName, string? volumeName)
    {
        var volume = builder.AddVolume(name, volumeName);
        var binaries = await PostgresBinaries.FindAsync(volume.DataDirectory, CancellationToken.None);
        var account = ServerAccount.For(PostgresProcess.UserName);
        var port = FreePort.Take();
        var command = account.CommandLine(
            binaries.Server, "-D", volume.DataDirectory, "-k", volume.SocketDirectory,
            "-p", port.ToString(CultureInfo.InvariantCulture), "-c", $"listen_addresses={Loopback}");
        var server = new PostgresProcess(name, command[0], volume, builder.AddPassword(name), databaseName);
        builder.Services.AddHealthChecks().Add(
            new(name, new PostgresProcessCheck(server), failureStatus: null, tags: null));
        var resource = builder.AddServer(server, port, $"PostgreSQL {binaries.Version}", command)
            .WithIconName("DatabaseMultiple")
            .OnBeforeResourceStarted((_, _, ct) => PostgresData.PrepareAsync(binaries, account, volume, ct));
        foreach (var variable in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (variable.StartsWith("PG", StringComparison.Ordinal))
            {
                // Nothing of the caller's tells the server where its data or its port is.
                resource.WithEnvironment(variable, string.Empty);
            }
        }

        return resource;
    }

    /// <summary>A Redis server; its data is in the named volume, or temporary for null.</summary>
    /// <exception cref="DistributedApplicationException">It is not installed, or the volume is in use.</exception>
    public static async Task<IResourceBuilder<RedisProcess>> AddRedisProcessAsync(
        this IDistributedApplicationBuilder builder, string name, string? volumeName)
    {
        var binary = RedisProcess.FindBinary() ?? throw new DistributedApplicationException(
            "Redis is not installed: no redis-server in PATH. On Debian and Ubuntu: apt-get install redis-server");
        var version = (await LocalCommand.RunAsync(binary, ["--version"], CancellationToken.None)).Split(' ')
            .FirstOrDefault(static word => word.StartsWith("v=", StringComparison.Ordinal))?[2..];
        var volume = builder.AddVolume(name, volumeName);
        var account = ServerAccount.For("redis");
        var command = account.CommandLine(binary, volume.File(RedisProcess.ConfigurationFile));
        var port = FreePort.Take();
        var server = new RedisProcess(name, command[0], port, builder.AddPassword(name));
        builder.Services.AddHealthChecks().AddRedis(_ => server.ConnectionString ?? Loopback, name);
        return builder.AddServer(server, port, $"Redis {version}", command)
            .WithIconName("Memory")
            .OnBeforeResourceStarted((_, _, ct) => server.PrepareAsync(account, volume, ct));
    }

    private static IResourceBuilder<T> AddServer<T>(
        this IDistributedApplicationBuilder builder, T server, int port, string version, IReadOnlyList<string> command)
        where T : ExecutableResource => builder.AddResource(server)
            .WithArgs([.. command.Skip(1)])
            .WithEndpoint(
                "tcp",
                e => (e.Port, e.TargetPort, e.TargetHost, e.IsProxied) = (port, port, Loopback, false))
            .WithHealthCheck(server.Name)
            .OnBeforeResourceStarted((_, started, _) =>
            {
                // Resolved, so that the container disposes of it after the server has ended.
                _ = started.Services.GetRequiredKeyedService<ServerVolume>(server.Name);
                var shown = new ResourcePropertySnapshot("server.version", version)
                {
                    DisplayName = "Version",
                    IsHighlighted = true,
                };
                return started.Services.GetRequiredService<ResourceNotificationService>()
                    .PublishUpdateAsync(server, s => s with { Properties = [.. s.Properties, shown] });
            });

    private static ServerVolume AddVolume(
        this IDistributedApplicationBuilder builder, string serverName, string? volumeName)
    {
        var volume = ServerVolume.Open(volumeName);
        builder.Services.AddKeyedSingleton(serverName, (_, _) => volume);
        return volume;
    }

    private static ParameterResource AddPassword(this IDistributedApplicationBuilder builder, string serverName) =>
        ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{serverName}-password");
}
