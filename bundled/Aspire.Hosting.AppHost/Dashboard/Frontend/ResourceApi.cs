using Aspire.Hosting.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>The resources, their commands, and one at a time the values of their environment.</summary>
internal static class ResourceApi
{
    private const int ErrorSeverity = 17;

    public static void Map(WebApplication app, DashboardState state)
    {
        app.MapGet("/api/resources", () => Results.Json(List(state)));
        app.MapGet("/api/resources/{name}/environment/{variable}", (string name, string variable) =>
            Find(state, name)?.Environment.TryGetValue(variable, out var value) == true ? Results.Json(value) : Results.NotFound());
        app.MapPost("/api/resources/{name}/commands/{command}", async (string name, string command, CancellationToken ct) =>
            await ExecuteAsync(state, name, command, ct));
    }

    private static DashboardResource? Find(DashboardState state, string name) =>
        state.Source.GetResources().FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.Ordinal));

    // Values of the environment stay here until someone asks for one.
    private static IEnumerable<object> List(DashboardState state)
    {
        var errors = state.Logs.ToArray().Where(static e => e.Severity >= ErrorSeverity).CountBy(static e => e.Resource).ToList();
        return state.Source.GetResources().Select(r => new
        {
            r.Name,
            r.DisplayName,
            r.Type,
            r.State,
            r.Health,
            r.Parent,
            r.Source,
            r.Version,
            r.StartedAt,
            r.StoppedAt,
            r.ExitCode,
            r.ProcessId,
            r.Note,
            r.Endpoints,
            r.HealthChecks,
            r.References,
            r.Commands,
            Environment = r.Environment.Keys.Order(StringComparer.Ordinal),
            Errors = errors.Where(e => IsFrom(e.Key, r)).Sum(static e => e.Value),
        });
    }

    private static bool IsFrom(TelemetryResource sender, DashboardResource resource) =>
        sender.Name == resource.Name || (sender.Instance.Length == 0 && sender.Service == resource.DisplayName);

    private static async Task<IResult> ExecuteAsync(DashboardState state, string name, string command, CancellationToken ct)
    {
        if (Find(state, name) is not { } resource)
        {
            return Results.NotFound();
        }

        var problem = resource.Commands.Contains(command, StringComparer.Ordinal)
            ? await state.Source.ExecuteCommandAsync(name, command, ct)
            : $"{command} is not possible while {resource.DisplayName} is {resource.State}.";
        return problem is null ? Results.NoContent() : Results.Text(problem, statusCode: StatusCodes.Status409Conflict);
    }
}
