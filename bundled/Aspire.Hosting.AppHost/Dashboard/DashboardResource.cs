namespace Aspire.Hosting.Dashboard;

/// <summary>One instance of a resource as the orchestrator sees it now.</summary>
/// <param name="Name">Unique, as in <c>sync-abcdefgh</c>.</param>
/// <param name="DisplayName">The name in the application's model; replicas share it.</param>
/// <param name="Type">Project, Container, Executable, Parameter and so on.</param>
/// <param name="State">Running, Waiting, Exited and so on, in Aspire's words.</param>
internal sealed record DashboardResource(string Name, string DisplayName, string Type, string State)
{
    /// <summary>Healthy, Degraded or Unhealthy; null while nothing is known.</summary>
    public string? Health { get; init; }

    /// <summary>The resource that this one belongs to, by its display name.</summary>
    public string? Parent { get; init; }

    /// <summary>What it runs: a project file, an image, a command.</summary>
    public string? Source { get; init; }

    /// <summary>The version that the running program reports.</summary>
    public string? Version { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public int? ExitCode { get; init; }

    public int? ProcessId { get; init; }

    /// <summary>What the state does not say: what is waited for, why a start failed.</summary>
    public string? Note { get; init; }

    public IReadOnlyList<DashboardEndpoint> Endpoints { get; init; } = [];

    public IReadOnlyList<DashboardHealthCheck> HealthChecks { get; init; } = [];

    /// <summary>The environment given to the process; values reach a browser one by one, when asked for.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    /// <summary>The display names of the resources that this one refers to.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The commands that make sense in this state: start, stop, restart.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];
}
