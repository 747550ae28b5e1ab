using System.Reflection;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>What to start for a project or an executable.</summary>
internal static class ProcessSpecs
{
    private const string OutputMetadata = "apphostprojectoutput:";

    public static ProcessSpec For(IResource resource, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> arguments) => resource switch
    {
        ProjectResource project => ForProject(project, environment, arguments),
        ExecutableResource executable => new ProcessSpec(
            Tool.Find(executable.Command)
                ?? throw new DistributedApplicationException($"The command '{executable.Command}' of '{resource.Name}' was not found."),
            arguments)
        {
            WorkingDirectory = executable.WorkingDirectory,
            Environment = environment,
        },
        _ => throw new NotSupportedException(
            $"Running '{resource.Name}', a {resource.GetType().Name}, needs the published package Aspire.Hosting.AppHost and a container runtime."),
    };

    /// <summary>
    /// Starts the built program itself: <c>dotnet run</c> would be a process more, and one that a signal has to get through.
    /// </summary>
    private static ProcessSpec ForProject(
        ProjectResource project, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> arguments)
    {
        var metadata = project.Annotations.OfType<IProjectMetadata>().Single();
        var assembly = BuiltAssembly(metadata);
        if (!File.Exists(assembly))
        {
            throw new DistributedApplicationException($"'{project.Name}' is not built, {assembly} is missing: dotnet build \"{metadata.ProjectPath}\"");
        }

        var (runtime, executable) = (RuntimeRoot(), Path.ChangeExtension(assembly, null));
        string[] prefix = File.Exists(executable) ? [executable] : [Path.Combine(runtime, "dotnet"), "exec", assembly];
        return new ProcessSpec(prefix[0], [.. prefix[1..], .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath),
            Environment = new Dictionary<string, string?>(environment, StringComparer.Ordinal) { ["DOTNET_ROOT"] = runtime },
        };
    }

    private static string BuiltAssembly(IProjectMetadata metadata) =>
        metadata.GetType().Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == OutputMetadata + metadata.ProjectPath)?.Value
        ?? throw new DistributedApplicationException($"The AppHost's build does not know {metadata.ProjectPath}: build it again.");

    /// <summary>The root of the .NET that we run on: above shared/Microsoft.NETCore.App/{version}.</summary>
    private static string RuntimeRoot() => Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
}
