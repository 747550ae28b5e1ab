using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>Reads <c>launchSettings.json</c> and picks the profile a project runs with.</summary>
internal static class LaunchProfiles
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IReadOnlyList<LaunchProfile> Read(string projectDirectory)
    {
        var path = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            return document.RootElement.TryGetProperty("profiles", out var profiles)
                ? [.. profiles.EnumerateObject().Select(p => Parse(p.Name, p.Value))]
                : [];
        }
        catch (JsonException ex)
        {
            throw new DistributedApplicationException($"The launch settings file '{path}' is not valid JSON: {ex.Message}", ex);
        }
    }

    /// <summary>The named one; else the one called as the AppHost's own; else the first that starts a process.</summary>
    public static LaunchProfile? Effective(IReadOnlyList<LaunchProfile> profiles, string? name, string? appHostProfile) =>
        name is not null
            ? Find(profiles, name) ?? throw new DistributedApplicationException($"Launch settings file does not contain '{name}' profile.")
            : Find(profiles, appHostProfile) ?? profiles.FirstOrDefault(p => p.CommandName is null or "" or "Project" or "Executable");

    private static LaunchProfile? Find(IReadOnlyList<LaunchProfile> profiles, string? name) =>
        profiles.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    private static LaunchProfile Parse(string name, JsonElement profile) => new()
    {
        Name = name,
        CommandName = Text(profile, "commandName"),
        CommandLineArgs = Text(profile, "commandLineArgs"),
        ApplicationUrl = Text(profile, "applicationUrl"),
        EnvironmentVariables = profile.TryGetProperty("environmentVariables", out var variables)
            ? variables.EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString() ?? string.Empty, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal),
    };

    private static string? Text(JsonElement profile, string name) =>
        profile.TryGetProperty(name, out var value) ? value.GetString() : null;
}
