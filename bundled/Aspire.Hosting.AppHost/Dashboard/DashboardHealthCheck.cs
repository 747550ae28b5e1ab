namespace Aspire.Hosting.Dashboard;

/// <summary>The last result of a health check.</summary>
/// <param name="Status">Healthy, Degraded, Unhealthy, or null before the first run.</param>
internal sealed record DashboardHealthCheck(string Key, string? Status, string? Description, DateTimeOffset? LastRunAt = null);
