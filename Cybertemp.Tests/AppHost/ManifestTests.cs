using System.Text.Json;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.AppHost;

/// <summary>The deployment manifest, byte for byte in its JSON values and their order.</summary>
public sealed class ManifestTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(180);
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);
    private static readonly string Repository = Path.GetDirectoryName(Projects.Cybertemp_AppHost.ProjectPath)!;

    [Theory]
    [InlineData("default")]
    [InlineData("supabase", "--Cybertemp:UseSupabase=true")]
    [InlineData("external-state", "--Cybertemp:Servers=External")]
    public async Task The_manifest_is_the_expected_one(string name, params string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("manifest-");
        try
        {
            var path = Path.Combine(directory.FullName, "new", "aspire-manifest.json");
            var output = await PublishAsync(["--publisher", "manifest", "--output-path", path, .. settings]);
            Assert.Contains($"Published manifest to: {path}", output, StringComparison.Ordinal);
            Assert.Equal(Expected(name), Written(path));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_path_without_json_is_the_directory_for_it()
    {
        var directory = Directory.CreateTempSubdirectory("manifest-");
        try
        {
            await PublishAsync(
                "--operation", "publish", "--step", "publish-manifest", "--output-path", directory.FullName);
            Assert.Equal(Expected("default"), Written(Path.Combine(directory.FullName, "aspire-manifest.json")));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_relative_path_is_one_of_the_callers_directory()
    {
        var directory = Directory.CreateTempSubdirectory("manifest-");
        try
        {
            await ChildProcess.RunAsync(
                null, "env", "-C", directory.FullName, "dotnet", "run", "--no-build",
                "--project", Projects.Cybertemp_AppHost.ProjectPath,
                "--", "--publisher", "manifest", "--output-path", "aspire-manifest.json");
            Assert.Equal(Expected("default"), Written(Path.Combine(directory.FullName, "aspire-manifest.json")));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<string> PublishAsync(params string[] arguments)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var host = await AppHostProcess.StartAsync(NoVariables, arguments);
        Assert.Equal(0, await host.WaitForExitAsync(timeout.Token));
        return host.Output;
    }

    private static string Expected(string name) =>
        Normalized(JsonNode.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "AppHost", "Manifests", $"{name}.json")))!);

    /// <summary>Paths are relative to the manifest; the expected ones are relative to the repository.</summary>
    private static string Written(string path)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var (_, resource) in manifest["resources"]!.AsObject())
        {
            if (resource!["path"] is { } relative)
            {
                var project = Path.GetFullPath(relative.GetValue<string>(), Path.GetDirectoryName(path)!);
                resource["path"] = Path.GetRelativePath(Repository, project);
            }
        }

        return Normalized(manifest);
    }

    private static string Normalized(JsonNode manifest) =>
        manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
