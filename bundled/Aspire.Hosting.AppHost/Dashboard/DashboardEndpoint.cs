namespace Aspire.Hosting.Dashboard;

/// <summary>Where a resource can be reached.</summary>
internal sealed record DashboardEndpoint(string Name, string Url);
