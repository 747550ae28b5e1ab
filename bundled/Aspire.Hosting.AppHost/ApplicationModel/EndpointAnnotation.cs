using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A network endpoint of a resource: <see cref="Port"/> is what clients use, <see cref="TargetPort"/> what the process binds.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? (protocol is ProtocolType.Udp ? "udp" : "tcp");
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : Protocol is ProtocolType.Udp ? "udp" : "tcp");
        Name = name ?? UriScheme;
        IsProxied = isProxied;
        Port = port ?? (isProxied ? null : targetPort);
        TargetPort = targetPort ?? (isProxied ? null : port);
        IsExternal = isExternal ?? false;
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    public string UriScheme { get; set; }

    public string Transport { get; set; }

    public int? Port { get; set; }

    public int? TargetPort { get; set; }

    public bool IsExternal { get; set; }

    public bool IsProxied { get; set; }

    /// <summary>Null until the resource's ports are known.</summary>
    public AllocatedEndpoint? AllocatedEndpoint { get; set; }

    /// <summary>The variable that tells a process its own target port.</summary>
    internal string? TargetPortEnvironmentVariable { get; init; }

    /// <summary>An endpoint that a deployment tool may use and our environment variables leave out: https behind a proxy that ends TLS.</summary>
    internal bool ExcludedFromEnvironment { get; init; }
}
