using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Refusals;
using Cybertemp.Web.Access;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Refusals;

/// <summary><c>/v1/refusals</c>: why mail did not come, with the operator's key.</summary>
internal static class RefusalEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 100;

    public static void MapRefusals(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/v1/refusals", ListAsync).WithTags("Operators").WithName("listRefusals")
            .WithSummary("Mail that was refused, newest first; q is a reference, an address or a part of one")
            .Produces<RefusalList>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(503);

    private static async Task<IResult> ListAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Reader().Kind is not ReaderKind.Operator)
        {
            return Problem.OperatorsOnly;
        }

        var values = new QueryReader(context.Request.Query);
        var wanted = values.Text("q")?.Trim(' ', '(', ')');
        var limit = values.Number("limit", DefaultLimit, 1, MaxLimit, Problem.MalformedLimit);
        if (values.Problem is { } problem)
        {
            return problem;
        }

        context.Response.Headers.CacheControl = "no-store";
        return context.RequestServices.GetService<RefusalRing>() is { } ring
            ? await FindAsync(ring, wanted, limit, ct)
            : Problem.NoRefusals;
    }

    private static async Task<IResult> FindAsync(RefusalRing ring, string? wanted, int limit, CancellationToken ct)
    {
        try
        {
            var found = await ring.FindAsync(r => string.IsNullOrEmpty(wanted) || r.IsAbout(wanted), limit, ct);
            return TypedResults.Json(new RefusalList(found), WebJson.Api.RefusalList);
        }
        catch (Exception ex) when (MirrorConnection.IsFailure(ex))
        {
            return Problem.NoRefusals;
        }
    }
}
