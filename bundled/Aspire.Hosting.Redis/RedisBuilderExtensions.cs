using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static class RedisBuilderExtensions
{
    private const int ContainerPort = 6379;

    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port) =>
        builder.AddRedis(name, port, null);

    /// <summary>A Redis server. Without a password parameter one is generated and kept.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        // It is a word in a shell command and a part of a comma-separated connection string.
        var passwordParameter = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var redis = new RedisResource(name, passwordParameter) { Entrypoint = "/bin/sh" };
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(check, _ => new RedisHealthCheck(redis), null, null));
        return builder.AddResource(redis)
            .WithAnnotation(new LocalServerAnnotation(new LocalRedis(redis)))
            .WithHealthCheck(check)
            .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/redis", Tag = "8.2" })
            .WithEndpoint(port, ContainerPort, name: "tcp")
            .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = passwordParameter)
            .WithAnnotation(new CommandLineArgsCallbackAnnotation(args =>
            {
                args.Add("-c");
                args.Add(ContainerCommand(redis));
            }));
    }

    /// <summary>A volume without persistence would stay empty, so this turns it on with its defaults.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        builder.WithAnnotation(new ContainerMountAnnotation(
            name ?? VolumeName.Default(builder, "data"), "/data", ContainerMountType.Volume, isReadOnly));
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Snapshots to the data directory, each minute by default.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1) =>
        builder.WithAnnotation(
            new RedisPersistenceAnnotation(interval ?? TimeSpan.FromMinutes(1), keysChangedThreshold),
            ResourceAnnotationMutationBehavior.Replace);

    private static string ContainerCommand(RedisResource redis)
    {
        const string Command = "redis-server --requirepass $REDIS_PASSWORD";
        return redis.Annotations.OfType<RedisPersistenceAnnotation>().LastOrDefault() is { } persistence
            ? string.Create(CultureInfo.InvariantCulture, $"{Command} --save {(long)persistence.Interval.TotalSeconds} {persistence.KeysChangedThreshold}")
            : Command;
    }
}
