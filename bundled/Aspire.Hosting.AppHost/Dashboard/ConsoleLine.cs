namespace Aspire.Hosting.Dashboard;

/// <summary>A line that a resource wrote, without its line end and with its ANSI colours.</summary>
/// <param name="Resource">The name of the instance (<see cref="DashboardResource.Name"/>).</param>
/// <param name="IsError">Written to standard error.</param>
internal sealed record ConsoleLine(string Resource, DateTimeOffset Time, string Text, bool IsError);
