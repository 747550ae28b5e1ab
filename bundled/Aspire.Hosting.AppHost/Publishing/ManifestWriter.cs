using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the deployment manifest of a model. Paths in it are relative to the manifest's own directory.</summary>
internal sealed class ManifestWriter(
    DistributedApplicationModel model, DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter json)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ManifestExpressions _expressions = new(model);
    private readonly ManifestBindings _bindings = new(json);

    public static async Task WriteAsync(
        DistributedApplicationModel model, DistributedApplicationExecutionContext executionContext, string manifestPath, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(manifestPath)!);
        await using var file = File.Create(manifestPath);
        await using var json = new Utf8JsonWriter(file, Indented);
        await new ManifestWriter(model, executionContext, manifestPath, json).WriteModelAsync(ct);
    }

    public async Task WriteModelAsync(CancellationToken ct)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/aspire-8.0.json");
        json.WriteStartObject("resources");
        foreach (var resource in model.Resources)
        {
            await WriteResourceAsync(resource, ct);
        }

        while (_expressions.TryTakeParameter(out var parameter))
        {
            await WriteResourceAsync(parameter, ct);
        }

        WriteFilters(_expressions.TakeFilters(null));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private async Task WriteResourceAsync(IResource resource, CancellationToken ct)
    {
        json.WriteStartObject(resource.Name);
        switch (resource)
        {
            case ContainerResource container:
                await WriteContainerAsync(container, ct);
                break;
            case ProjectResource project:
                await WriteProjectAsync(project, ct);
                break;
            case ParameterResource parameter:
                ManifestParameter.Write(json, parameter);
                break;
            case IResourceWithConnectionString value:
                json.WriteString("type", "value.v0");
                WriteConnectionString(value);
                break;
            default:
                throw new NotSupportedException(
                    $"Resource '{resource.Name}' of type '{resource.GetType().Name}' in a manifest needs the published package Aspire.Hosting.AppHost.");
        }

        json.WriteEndObject();
        if (resource is ParameterResource written && !model.Resources.Contains(resource))
        {
            WriteFilters(_expressions.TakeFilters(written));
        }
    }

    private async Task WriteContainerAsync(ContainerResource container, CancellationToken ct)
    {
        json.WriteString("type", "container.v0");
        if (container is IResourceWithConnectionString withConnectionString)
        {
            WriteConnectionString(withConnectionString);
        }

        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        json.WriteString("image", $"{(image.Registry is null ? string.Empty : image.Registry + "/")}{image.Image}:{image.Tag ?? "latest"}");
        if (container.Entrypoint is not null)
        {
            json.WriteString("entrypoint", container.Entrypoint);
        }

        await WriteArgumentsAsync(container, ct);
        WriteVolumes(container);
        await WriteEnvironmentAsync(container, ct);
        _bindings.Write(container);
    }

    private async Task WriteProjectAsync(ProjectResource project, CancellationToken ct)
    {
        var projectPath = project.Annotations.OfType<IProjectMetadata>().Single().ProjectPath;
        json.WriteString("type", "project.v0");
        json.WriteString("path", Path.GetRelativePath(Path.GetDirectoryName(manifestPath)!, projectPath).Replace('\\', '/'));
        await WriteArgumentsAsync(project, ct);
        await WriteEnvironmentAsync(project, ct);
        _bindings.Write(project);
    }

    private void WriteConnectionString(IResourceWithConnectionString resource) =>
        json.WriteString("connectionString", _expressions.Write(resource.ConnectionStringExpression));

    private async Task WriteArgumentsAsync(IResource resource, CancellationToken ct)
    {
        if (await resource.GetArgumentsAsync(ct) is not { Count: > 0 } arguments)
        {
            return;
        }

        json.WriteStartArray("args");
        foreach (var argument in arguments)
        {
            json.WriteStringValue(_expressions.Write(argument));
        }

        json.WriteEndArray();
    }

    private void WriteVolumes(ContainerResource container)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().Where(m => m.Type is ContainerMountType.Volume).ToList();
        if (mounts.Count == 0)
        {
            return;
        }

        json.WriteStartArray("volumes");
        foreach (var mount in mounts)
        {
            json.WriteStartObject();
            if (mount.Source is not null)
            {
                json.WriteString("name", mount.Source);
            }

            json.WriteString("target", mount.Target);
            json.WriteBoolean("readOnly", mount.IsReadOnly);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private async Task WriteEnvironmentAsync(IResource resource, CancellationToken ct)
    {
        if (await resource.GetEnvironmentAsync(executionContext, ct) is not { Count: > 0 } variables)
        {
            return;
        }

        json.WriteStartObject("env");
        foreach (var (name, value) in variables)
        {
            json.WriteString(name, _expressions.Write(value));
        }

        json.WriteEndObject();
    }

    private void WriteFilters(IEnumerable<ParameterResource> parameters)
    {
        foreach (var parameter in parameters)
        {
            json.WriteStartObject(ManifestExpressions.FilteredName(parameter));
            json.WriteString("type", "annotated.string");
            json.WriteString("value", parameter.ValueExpression);
            json.WriteString("filter", "uri");
            json.WriteEndObject();
        }
    }
}
