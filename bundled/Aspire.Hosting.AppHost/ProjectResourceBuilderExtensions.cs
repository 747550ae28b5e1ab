using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, launchProfileName: null);

    /// <summary>Without a launch profile name: the profile named as the AppHost's own, else the first that runs the project.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
    {
        var metadata = new TProject();
        var profiles = LaunchProfiles.Read(Path.GetDirectoryName(metadata.ProjectPath)!);
        var profile = LaunchProfiles.Effective(profiles, launchProfileName, builder.Configuration["DOTNET_LAUNCH_PROFILE"]);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation<IProjectMetadata>(metadata).WithTelemetryVariables();
        return builder.ExecutionContext.IsRunMode
            ? project.WithRunDefaults(profile)
            : project.WithPublishDefaults(profile);
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);

    private static IResourceBuilder<ProjectResource> WithTelemetryVariables(this IResourceBuilder<ProjectResource> project) =>
        project.WithEnvironment(context =>
        {
            var variables = context.EnvironmentVariables;
            variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EXCEPTION_LOG_ATTRIBUTES"] = "true";
            variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EVENT_LOG_ATTRIBUTES"] = "true";
            variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        });

    /// <summary>A deployment tool terminates TLS: https is declared, and the process is told of http only.</summary>
    private static IResourceBuilder<ProjectResource> WithPublishDefaults(this IResourceBuilder<ProjectResource> project, LaunchProfile? profile)
    {
        if (profile?.ApplicationUrl is null)
        {
            return project;
        }

        project.WithUniqueEndpoint(new EndpointAnnotation(ProtocolType.Tcp, "http"))
            .WithUniqueEndpoint(new EndpointAnnotation(ProtocolType.Tcp, "https") { ExcludedFromEnvironment = true });
        return project.WithEnvironment(context =>
        {
            context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            context.EnvironmentVariables["HTTP_PORTS"] = project.GetEndpoint("http").Property(EndpointProperty.TargetPort);
        });
    }

    private static IResourceBuilder<ProjectResource> WithRunDefaults(this IResourceBuilder<ProjectResource> project, LaunchProfile? profile)
    {
        AddProfileEndpoints(project, profile);
        return project.WithEnvironment(context =>
        {
            var variables = context.EnvironmentVariables;
            AddRunTelemetry(variables, project.ApplicationBuilder.Environment.IsDevelopment());
            variables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
            variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
            if (Urls(project.Resource) is { Length: > 0 } urls)
            {
                variables["ASPNETCORE_URLS"] = urls;
            }

            if (profile is not null)
            {
                variables["DOTNET_LAUNCH_PROFILE"] = profile.Name;
                AddMissing(variables, profile.EnvironmentVariables);
            }
        });
    }

    private static void AddMissing(Dictionary<string, object> variables, IReadOnlyDictionary<string, string> defaults)
    {
        foreach (var (name, value) in defaults)
        {
            variables.TryAdd(name, value);
        }
    }

    /// <summary>An endpoint for each applicationUrl, named by its scheme; the second of a scheme is <c>http2</c>.</summary>
    private static void AddProfileEndpoints(IResourceBuilder<ProjectResource> project, LaunchProfile? profile)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var url in profile?.ApplicationUrls ?? [])
        {
            if (url.Scheme != Uri.UriSchemeHttp)
            {
                throw new NotSupportedException(
                    $"Launch profile '{profile!.Name}' of '{project.Resource.Name}' has {url}: https in run mode needs the published package Aspire.Hosting.AppHost.");
            }

            var count = seen[url.Scheme] = seen.GetValueOrDefault(url.Scheme) + 1;
            var name = count == 1 ? url.Scheme : url.Scheme + count.ToString(CultureInfo.InvariantCulture);
            project.WithUniqueEndpoint(new EndpointAnnotation(ProtocolType.Tcp, url.Scheme, name: name, port: url.Port == 0 ? null : url.Port));
        }
    }

    private static string Urls(ProjectResource project) => string.Join(';', project.Annotations.OfType<EndpointAnnotation>()
        .Where(e => e.UriScheme == Uri.UriSchemeHttp && e.TargetPortEnvironmentVariable is null)
        .Select(e => $"{e.UriScheme}://localhost:{e.AllocatedEndpoint?.TargetPortExpression}"));

    private static void AddRunTelemetry(Dictionary<string, object> variables, bool development)
    {
        if (development)
        {
            variables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
            variables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }
    }
}
