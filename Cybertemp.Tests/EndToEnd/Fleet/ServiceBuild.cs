using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>The programs of one version of the product.</summary>
/// <param name="Root">Of the checkout that they were built in.</param>
internal sealed record ServiceBuild(string Root)
{
    /// <summary>What <c>.ci/build-old</c> made, if anything.</summary>
    private static readonly string? OldRoot = Environment.GetEnvironmentVariable("CYBERTEMP_OLD_BUILD");

    /// <summary>Built with these tests.</summary>
    public static ServiceBuild Present { get; } = new(Repository.Root);

    /// <summary>An earlier version; without one, the present.</summary>
    public static ServiceBuild Old { get; } = OldRoot is null ? Present : new(Path.GetFullPath(OldRoot));

    /// <summary>The present one was built as these tests were, an old one in whichever configuration.</summary>
    public string Executable(string project)
    {
        // The operators' program is named as its command.
        var name = project == "Cybertemp.Cli" ? "cybertemp" : project;
        return this == Present
            ? Path.Combine(Path.GetDirectoryName(ServiceProcess.Executable(project))!, name)
            : Directory.GetFiles(Path.Combine(Root, project, "bin"), name, SearchOption.AllDirectories).First();
    }

    public override string ToString() => this == Present ? "present" : Path.GetFileName(Root);
}
