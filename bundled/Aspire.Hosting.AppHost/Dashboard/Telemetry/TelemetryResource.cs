namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Who sent telemetry: a service and, of several replicas, which one (service.name, service.instance.id).</summary>
internal sealed record TelemetryResource(string Service, string Instance)
{
    /// <summary>As the orchestrator names the instance.</summary>
    public string Name { get; } = Instance.Length == 0 ? Service : $"{Service}-{Instance}";

    public bool Matches(string? filter) =>
        string.IsNullOrEmpty(filter)
        || string.Equals(filter, Name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(filter, Service, StringComparison.OrdinalIgnoreCase);
}
