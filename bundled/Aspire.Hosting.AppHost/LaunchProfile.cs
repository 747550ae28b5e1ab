namespace Aspire.Hosting;

/// <summary>One profile of a project's <c>Properties/launchSettings.json</c>.</summary>
internal sealed record LaunchProfile
{
    public required string Name { get; init; }

    public string? CommandName { get; init; }

    public string? CommandLineArgs { get; init; }

    public string? ApplicationUrl { get; init; }

    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IEnumerable<Uri> ApplicationUrls =>
        ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(u => new Uri(u)) ?? [];
}
