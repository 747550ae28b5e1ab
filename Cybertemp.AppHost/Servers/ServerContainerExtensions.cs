namespace Cybertemp.AppHost.Servers;

/// <summary>What Aspire's own container resources lack here.</summary>
internal static class ServerContainerExtensions
{
    /// <summary>A database that the container creates once deployed: in the local stack the AppHost does.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDeployedDatabase(
        this IResourceBuilder<PostgresServerResource> postgres, string name) =>
        postgres.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? postgres.WithEnvironment("POSTGRES_DB", name)
            : postgres;

    /// <summary>No volume for null: tests go without, since a volume outlives its password.</summary>
    public static IResourceBuilder<PostgresServerResource> WithOptionalDataVolume(
        this IResourceBuilder<PostgresServerResource> postgres, string? volume) =>
        volume is null ? postgres : postgres.WithDataVolume(volume);

    /// <inheritdoc cref="WithOptionalDataVolume(IResourceBuilder{PostgresServerResource}, string?)"/>
    public static IResourceBuilder<RedisResource> WithOptionalDataVolume(
        this IResourceBuilder<RedisResource> redis, string? volume) =>
        volume is null ? redis : redis.WithDataVolume(volume).WithPersistence();
}
