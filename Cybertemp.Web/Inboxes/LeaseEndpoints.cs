using Cybertemp.Web.Access;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Inboxes;

/// <summary><c>PATCH</c> and <c>DELETE /v1/inboxes/{address}</c>: for the bearer of a claimed inbox's token.</summary>
internal static class LeaseEndpoints
{
    public static void MapLeases(this IEndpointRouteBuilder endpoints)
    {
        var inbox = endpoints.MapGroup("/v1/inboxes/{address}").WithTags("Inboxes");
        inbox.MapPatch("", ExtendAsync).WithName("extendInbox").WithSummary("Moves the end of a claimed inbox")
            .Accepts<InboxLifetime>("application/json").Produces<InboxName>()
            .ProducesProblem(400).ProducesProblem(403);
        inbox.MapDelete("", EndAsync).WithName("endInbox").WithSummary("Ends a claimed inbox with all its mail")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> ExtendAsync(
        string address, HttpContext context, Leasing leasing, CancellationToken ct)
    {
        if (!InboxAddress.TryParseSegment(address, out var inbox))
        {
            return Problem.MalformedAddress;
        }

        var (wanted, malformed) = await JsonBody.ReadAsync(context.Request, WebJson.Api.InboxLifetime, ct);
        if (malformed is not null)
        {
            return malformed;
        }

        var (extended, problem) = await leasing.ExtendAsync(context.Reader(), inbox, wanted!.Ttl, ct);
        context.Response.Headers.CacheControl = "no-store";
        return (IResult?)problem ?? TypedResults.Json(extended!, WebJson.Api.InboxName);
    }

    private static async Task<IResult> EndAsync(
        string address, HttpContext context, Leasing leasing, CancellationToken ct) =>
        !InboxAddress.TryParseSegment(address, out var inbox) ? Problem.MalformedAddress
        : (IResult?)await leasing.EndAsync(context.Reader(), inbox, ct) ?? TypedResults.NoContent();
}
