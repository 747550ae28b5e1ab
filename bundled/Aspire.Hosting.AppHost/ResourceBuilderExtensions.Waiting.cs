using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts when the dependency and its parents run, are healthy, and their ready event is done.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.WithWait(dependency.Resource, WaitType.WaitUntilHealthy);

    /// <summary>Starts when the dependency and its parents run.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.WithWait(dependency.Resource, WaitType.WaitUntilStarted);

    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource =>
        builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(a => string.Equals(a.Key, key, StringComparison.Ordinal))
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));

    /// <summary>Healthy while a GET of <paramref name="path"/> (default /) answers with <paramref name="statusCode"/> (default 200).</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.GetEndpoint(endpointName ?? "http");
        var (expected, target) = (statusCode ?? StatusCodeOk, path ?? "/");
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{target}_{expected}_check";
        builder.ApplicationBuilder.Eventing.Subscribe<BeforeStartEvent>((_, _) => endpoint.Exists
            ? Task.CompletedTask
            : throw new DistributedApplicationException(
                $"Could not create HTTP health check for resource '{builder.Resource.Name}' as no endpoint named '{endpoint.EndpointName}' exists."));
        builder.ApplicationBuilder.Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(key, _ => new HttpHealthCheck(endpoint, target, expected), null, null));
        return builder.WithHealthCheck(key);
    }

    private const int StatusCodeOk = 200;

    private static IResourceBuilder<T> WithWait<T>(this IResourceBuilder<T> builder, IResource dependency, WaitType type)
        where T : IResourceWithWaitSupport
    {
        if (ReferenceEquals(builder.Resource, dependency))
        {
            throw new DistributedApplicationException($"The '{builder.Resource.Name}' resource cannot wait for itself.");
        }

        if (builder.Resource.WithAncestors().Contains(dependency))
        {
            throw new DistributedApplicationException(
                $"The '{builder.Resource.Name}' resource cannot wait for its parent '{dependency.Name}'.");
        }

        foreach (var resource in dependency.WithAncestors().Reverse())
        {
            builder.WithAnnotation(new WaitAnnotation(resource, type));
        }

        return builder;
    }
}
