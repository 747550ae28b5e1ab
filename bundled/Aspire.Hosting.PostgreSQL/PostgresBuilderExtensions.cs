using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static class PostgresBuilderExtensions
{
    private const int ContainerPort = 5432;

    /// <summary>A PostgreSQL server. Without a password parameter one is generated and kept.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var passwordParameter = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, passwordParameter);
        builder.Eventing.Subscribe<ResourceReadyEvent>(server, (_, ct) => PostgresDatabases.CreateMissingAsync(server, ct));
        return builder.AddResource(server)
            .WithAnnotation(new LocalServerAnnotation(new LocalPostgres(server)))
            .WithConnectionCheck(ct => ServerConnectionAsync(server, ct))
            .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/postgres", Tag = "17.6" })
            .WithEndpoint(port, ContainerPort, name: "tcp")
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
            });
    }

    /// <summary>A database of the server, created when the server is ready and has none of that name.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        return builder.ApplicationBuilder.AddResource(database).WithConnectionCheck(database.ConnectionStringExpression.GetValueAsync);
    }

    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithAnnotation(new ContainerMountAnnotation(
            name ?? VolumeName.Default(builder, "data"), "/var/lib/postgresql/data", ContainerMountType.Volume, isReadOnly));

    private static async ValueTask<string?> ServerConnectionAsync(PostgresServerResource server, CancellationToken ct) =>
        $"{await server.ConnectionStringExpression.GetValueAsync(ct)};Database=postgres";

    private static IResourceBuilder<T> WithConnectionCheck<T>(
        this IResourceBuilder<T> builder, Func<CancellationToken, ValueTask<string?>> connectionString)
        where T : IResource
    {
        var key = $"{builder.Resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(key, _ => new PostgresHealthCheck(connectionString), null, null));
        return builder.WithHealthCheck(key);
    }
}
