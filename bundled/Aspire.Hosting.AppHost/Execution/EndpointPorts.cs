using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The ports of one endpoint for the life of the application: the one that clients use, and one for each replica's process.</summary>
internal sealed class EndpointPorts(IResource resource, EndpointAnnotation endpoint, int port, int[] targetPorts, bool isFixed)
{
    public EndpointAnnotation Endpoint { get; } = endpoint;

    public int Port { get; private set; } = port;

    public IReadOnlyList<int> TargetPorts => targetPorts;

    /// <summary>The port was asked for: a clash is an error and not a reason to take another.</summary>
    public bool IsFixed { get; } = isFixed;

    /// <summary>Clients and process do not share one port, so something has to stand between them.</summary>
    public bool NeedsProxy => targetPorts.Length > 1 || targetPorts[0] != Port;

    /// <summary>Stands in an environment variable until the replica is known.</summary>
    public string Placeholder { get; } = $"{{{{target port of {resource.Name}/{endpoint.Name}}}}}";

    public void Publish() => Endpoint.AllocatedEndpoint = new AllocatedEndpoint(Endpoint, "localhost", Port, Placeholder);

    /// <summary>Another port for a server that found its own taken.</summary>
    public void Move()
    {
        targetPorts[0] = Port = FreePorts.Take();
        Publish();
    }
}
