using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Gives every endpoint of a model its ports, or says why it cannot have them.</summary>
internal static class EndpointAllocator
{
    /// <summary>The ports of one resource.</summary>
    /// <param name="resource">A resource with processes.</param>
    /// <param name="randomizePorts">Proxied endpoints ignore the port they ask for, so that applications run side by side.</param>
    public static IReadOnlyList<EndpointPorts> Allocate(IResource resource, bool randomizePorts)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        endpoints.ForEach(e => Validate(resource, e));
        List<EndpointPorts> allocated = [.. endpoints.Select(e => resource is ContainerResource
            ? AllocateServer(resource, e, randomizePorts)
            : AllocateProcess(resource, e, randomizePorts))];
        allocated.ForEach(a => a.Publish());
        return allocated;
    }

    private static void Validate(IResource resource, EndpointAnnotation endpoint)
    {
        var (name, replicas) = (resource.Name, resource.GetReplicaCount());
        var fault = (resource, endpoint) switch
        {
            (ContainerResource, { TargetPort: null }) =>
                $"The endpoint '{endpoint.Name}' for container resource '{name}' must specify the TargetPort value",
            (ContainerResource, _) => null,
            (_, { IsProxied: false }) when replicas > 1 =>
                $"Resource '{name}' uses multiple replicas and a proxy-less endpoint '{endpoint.Name}'. These features do not work together.",
            (_, { IsProxied: false, Port: not null }) when endpoint.Port != endpoint.TargetPort =>
                $"The endpoint '{endpoint.Name}' for resource '{name}' is not using a proxy, and it has a value of Port property that is "
                + "different from the value of TargetPort property. For proxy-less endpoints they must match.",
            (_, { IsProxied: false, Port: null, TargetPort: null }) =>
                $"Service '{name}' needs to specify a port for endpoint '{endpoint.Name}' since it isn't using a proxy.",
            (_, { IsProxied: true, Port: not null }) when endpoint.Port == endpoint.TargetPort =>
                $"The endpoint '{endpoint.Name}' for resource '{name}' requested a proxy (IsProxied is true). Non-container resources "
                + "cannot be proxied when both TargetPort and Port are specified with the same value.",
            (_, { TargetPort: not null }) when replicas > 1 =>
                $"Resource '{name}' can have multiple replicas, and it uses endpoint '{endpoint.Name}' that has TargetPort property set. "
                + "Each replica must have a unique port; setting TargetPort is not allowed.",
            _ => null,
        };
        if (fault is not null)
        {
            throw new InvalidOperationException(fault);
        }
    }

    /// <summary>A local server binds the public port itself; the container's port means nothing here.</summary>
    private static EndpointPorts AllocateServer(IResource resource, EndpointAnnotation endpoint, bool randomizePorts)
    {
        var requested = randomizePorts ? null : endpoint.Port;
        var port = requested ?? FreePorts.Take();
        return new EndpointPorts(resource, endpoint, port, [port], requested is not null);
    }

    private static EndpointPorts AllocateProcess(IResource resource, EndpointAnnotation endpoint, bool randomizePorts)
    {
        if (!endpoint.IsProxied)
        {
            var own = endpoint.TargetPort!.Value;
            return new EndpointPorts(resource, endpoint, own, [own], isFixed: true);
        }

        var requested = randomizePorts ? null : endpoint.Port;
        var port = requested ?? FreePorts.Take();
        int[] targets = resource.GetReplicaCount() is > 1 and var replicas
            ? [.. Enumerable.Range(0, replicas).Select(_ => FreePorts.Take())]
            : [endpoint.TargetPort ?? port];
        return new EndpointPorts(resource, endpoint, port, targets, requested is not null);
    }
}
