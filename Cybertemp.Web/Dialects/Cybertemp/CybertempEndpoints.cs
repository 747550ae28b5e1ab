using Cybertemp.Web.Domains;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>The paths of the Rust server, each at <c>/</c> and at <c>/api</c>.</summary>
internal static class CybertempEndpoints
{
    private static readonly string[] Prefixes = ["", "/api"];

    public static void MapCybertemp(this IEndpointRouteBuilder endpoints)
    {
        var dialect = endpoints.ServiceProvider.GetRequiredService<CybertempDialect>();
        foreach (var prefix in Prefixes)
        {
            var paths = endpoints.MapGroup(prefix).WithMetadata(dialect).ExcludeFromDescription();
            MapMail(paths);
            MapAccount(paths);
            paths.MapGet("/getDomains", ListDomainsAsync);
        }

        var old = endpoints.MapGroup("/api").WithMetadata(dialect).ExcludeFromDescription();
        old.MapGet("/domains", ListDomainsAsync);
        old.MapGet("/health", CybertempHealth.CheckAsync);
    }

    private static void MapMail(RouteGroupBuilder paths)
    {
        foreach (var list in (string[])["/getMail", "/emails", "/private/emails"])
        {
            paths.MapGet(list, EmailEndpoints.ListAsync);
        }

        paths.MapGet("/email/{id}", EmailEndpoints.GetAsync);
        paths.MapDelete("/email/{id}", EmailEndpoints.DeleteAsync);
        paths.MapPost("/deleteEmail", EmailEndpoints.DeletePostedAsync);
        paths.MapDelete("/inbox/{address}", EmailEndpoints.EmptyAsync);
        paths.MapDelete("/user/inboxes/{address}", EmailEndpoints.EmptyAsync);
        paths.MapPost("/deleteInbox", EmailEndpoints.EmptyPostedAsync);
        paths.MapDelete("/user/inboxes", EmailEndpoints.EmptyPostedAsync);
        paths.MapGet("/user/inboxes", EmailEndpoints.ListOwn);
    }

    private static void MapAccount(RouteGroupBuilder paths)
    {
        paths.MapGet("/getPlan", static () => Json(CybertempJson.Plan));
        paths.MapGet("/getBalance", static () => Json(CybertempJson.Balance));
        paths.MapGet("/balance", static () => Json(CybertempJson.Balance));
        paths.MapGet("/user/me", static () => Json(CybertempJson.User));
    }

    private static ContentHttpResult Json(string json) => TypedResults.Text(json, "application/json");

    /// <summary>Whatever type is asked for, since here there is one.</summary>
    private static async Task<IResult> ListDomainsAsync(
        HttpContext context, DomainCatalog catalog, CybertempDialect dialect, CancellationToken ct)
    {
        if (DomainFilter.Read(context.Request, out var filter) is { } problem)
        {
            return dialect.Tell(problem);
        }

        context.Response.Headers.CacheControl = "public, max-age=5";
        IReadOnlyList<string> domains = await catalog.GetAsync(ct) is { } accepted ? filter.Of(accepted) : [];
        return TypedResults.Json(domains, CybertempJson.Api.IReadOnlyListString);
    }
}
