using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes endpoints. A project's own endpoints without a target port get one from 8000 on; its default http and https are left to the tool.</summary>
internal sealed class ManifestBindings(Utf8JsonWriter json)
{
    private int _nextTargetPort = 8000;

    public void Write(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count == 0)
        {
            return;
        }

        json.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            Write(endpoint, endpoint.TargetPort ?? (NeedsTargetPort(resource, endpoint) ? _nextTargetPort++ : null));
        }

        json.WriteEndObject();
    }

    private static bool NeedsTargetPort(IResource resource, EndpointAnnotation endpoint) =>
        resource is ProjectResource && endpoint.Name is not ("http" or "https");

    private void Write(EndpointAnnotation endpoint, int? targetPort)
    {
        json.WriteStartObject(endpoint.Name);
        json.WriteString("scheme", endpoint.UriScheme);
        json.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
        json.WriteString("transport", endpoint.Transport);
        if (endpoint.Port is { } port && port != targetPort)
        {
            json.WriteNumber("port", port);
        }

        if (targetPort is { } target)
        {
            json.WriteNumber("targetPort", target);
        }

        if (endpoint.IsExternal)
        {
            json.WriteBoolean("external", true);
        }

        json.WriteEndObject();
    }
}
