namespace Aspire.Hosting.ApplicationModel;

public static class ResourceExtensions
{
    public static int GetReplicaCount(this IResource resource) =>
        resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) => new(resource, endpointName);

    /// <summary>The resource, its parent and so on.</summary>
    internal static IEnumerable<IResource> WithAncestors(this IResource resource)
    {
        for (var current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
        {
            yield return current;
        }
    }

    /// <summary>Runs the callbacks in order; later ones see what earlier ones set.</summary>
    internal static async Task<Dictionary<string, object>> GetEnvironmentAsync(
        this IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken ct)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, [], ct);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context);
        }

        return context.EnvironmentVariables;
    }

    internal static async Task<IReadOnlyList<object>> GetArgumentsAsync(this IResource resource, CancellationToken ct)
    {
        var context = new CommandLineArgsCallbackContext([], ct);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context);
        }

        return [.. context.Args];
    }
}
