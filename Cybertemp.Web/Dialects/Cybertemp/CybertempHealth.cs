using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>
/// Health as JSON: at <c>/api/health</c>, and at <c>/health</c> for clients that send a key there, as wrappers do with
/// each request. A balancer does not, and gets its one word.
/// </summary>
internal static class CybertempHealth
{
    private const string Healthy = """{"status":"healthy"}""";

    private const string Unhealthy = """{"error":"unhealthy","reason":"Mail cannot be read now."}""";

    public static void UseCybertempHealth(this IApplicationBuilder app) => app.UseWhen(
        static context => context.Request.Path == "/health" && context.Request.Headers.ContainsKey("X-API-KEY"),
        static health => health.Run(static async context =>
        {
            var checks = context.RequestServices.GetRequiredService<HealthCheckService>();
            var answer = await CheckAsync(checks, context.RequestAborted);
            await answer.ExecuteAsync(context);
        }));

    public static async Task<IResult> CheckAsync(HealthCheckService checks, CancellationToken ct) =>
        (await checks.CheckHealthAsync(ct)).Status is HealthStatus.Unhealthy
            ? TypedResults.Text(
                Unhealthy, "application/json", statusCode: StatusCodes.Status500InternalServerError)
            : TypedResults.Text(Healthy, "application/json");
}
