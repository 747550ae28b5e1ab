using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;

namespace Cybertemp.Tests.Bundled.AspireHosting;

public sealed class EndpointAllocatorTests
{
    [Fact]
    public void One_replica_binds_the_public_port_itself()
    {
        var ports = Allocate(1, new EndpointAnnotation(ProtocolType.Tcp, port: 2525));
        Assert.Equal(2525, ports.Port);
        Assert.Equal([2525], ports.TargetPorts);
        Assert.False(ports.NeedsProxy);
        Assert.Equal("tcp://localhost:2525", ports.Endpoint.AllocatedEndpoint!.UriString);
    }

    [Fact]
    public void Replicas_have_ports_of_their_own_behind_the_public_one()
    {
        var ports = Allocate(3, new EndpointAnnotation(ProtocolType.Tcp, port: 2525));
        Assert.Equal(2525, ports.Port);
        Assert.True(ports.NeedsProxy);
        Assert.Equal(3, ports.TargetPorts.Distinct().Count());
        Assert.DoesNotContain(2525, ports.TargetPorts);
    }

    [Fact]
    public void Each_replica_is_told_its_own_port()
    {
        var ports = Allocate(2, new EndpointAnnotation(ProtocolType.Tcp, port: 2525));
        var text = $"http://localhost:{ports.Endpoint.AllocatedEndpoint!.TargetPortExpression}";
        Assert.Equal($"http://localhost:{ports.TargetPorts[1]}", ProcessEnvironment.FillPorts([ports], 1)(text));
    }

    [Fact]
    public void A_target_port_of_its_own_needs_a_proxy()
    {
        var ports = Allocate(1, new EndpointAnnotation(ProtocolType.Tcp, port: 2525, targetPort: 25));
        Assert.True(ports.NeedsProxy);
        Assert.Equal([25], ports.TargetPorts);
    }

    [Fact]
    public void Randomized_ports_ignore_the_one_asked_for()
    {
        var resource = Resource(1, new EndpointAnnotation(ProtocolType.Tcp, port: 2525));
        var ports = EndpointAllocator.Allocate(resource, randomizePorts: true).Single();
        Assert.NotEqual(2525, ports.Port);
        Assert.False(ports.IsFixed);
    }

    [Theory]
    [InlineData(2, 2525, 2525, false, "multiple replicas and a proxy-less endpoint 'tcp'")]
    [InlineData(1, 2525, 25, false, "For proxy-less endpoints they must match.")]
    [InlineData(1, null, null, false, "needs to specify a port for endpoint 'tcp' since it isn't using a proxy.")]
    [InlineData(1, 2525, 2525, true, "cannot be proxied when both TargetPort and Port are specified with the same value.")]
    [InlineData(2, 2525, 25, true, "setting TargetPort is not allowed.")]
    public void Misuse_is_refused(int replicas, int? port, int? targetPort, bool isProxied, string reason)
    {
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, port: port, targetPort: targetPort, isProxied: isProxied);
        Assert.Contains(
            reason, Assert.Throws<InvalidOperationException>(() => Allocate(replicas, endpoint)).Message, StringComparison.Ordinal);
    }

    private static EndpointPorts Allocate(int replicas, EndpointAnnotation endpoint) =>
        EndpointAllocator.Allocate(Resource(replicas, endpoint), randomizePorts: false).Single();

    private static ExecutableResource Resource(int replicas, EndpointAnnotation endpoint) =>
        new("web", "true", "/") { Annotations = { new ReplicaAnnotation(replicas), endpoint } };
}
