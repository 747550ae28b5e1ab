using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Domains;

/// <summary><c>/v1/domains</c>.</summary>
internal static class DomainEndpoints
{
    public static void MapDomains(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/v1/domains", ListAsync).WithTags("Domains").WithName("listDomains")
            .WithSummary("The domains that mail is accepted for")
            .Produces<IReadOnlyList<DomainEntry>>().ProducesProblem(503);

    private static async Task<IResult> ListAsync(HttpContext context, DomainCatalog catalog, CancellationToken ct)
    {
        if (await catalog.GetAsync(ct) is not { } domains)
        {
            return Problem.NoDomains;
        }

        context.Response.Headers.CacheControl = "public, max-age=5";
        return TypedResults.Json(
            (IReadOnlyList<DomainEntry>)[.. domains.Patterns.Select(DomainEntry.Of)],
            WebJson.Api.IReadOnlyListDomainEntry);
    }
}
