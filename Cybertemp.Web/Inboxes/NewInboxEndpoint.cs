using Cybertemp.Web.Domains;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Inboxes;

/// <summary><c>POST /v1/inboxes</c>.</summary>
internal static class NewInboxEndpoint
{
    public static void MapNewInboxes(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/v1/inboxes", CreateAsync).WithTags("Inboxes").WithName("makeAddress")
            .WithSummary("An address: a random one, of which nothing is stored, or one that ends or is claimed")
            .Accepts<NewInbox>(isOptional: true, "application/json").Produces<InboxName>(StatusCodes.Status201Created)
            .ProducesProblem(400).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> CreateAsync(
        HttpContext context, DomainCatalog catalog, Leasing leasing, CancellationToken ct)
    {
        var wanted = new NewInbox();
        if (context.Request.ContentType is not null || context.Request.ContentLength > 0)
        {
            var (body, problem) = await JsonBody.ReadAsync(context.Request, WebJson.Api.NewInbox, ct);
            if (problem is not null)
            {
                return problem;
            }

            wanted = body!;
        }

        context.Response.Headers.CacheControl = "no-store";
        var (address, refusal) = AddressChoice.Find(wanted, await catalog.GetAsync(ct));
        if (refusal is not null)
        {
            return refusal;
        }

        var (inbox, denial) = wanted.Ttl is null && !wanted.Claim
            ? (new InboxName($"{address}"), null)
            : await leasing.AddAsync(context, wanted, address!.Value, ct);
        return (IResult?)denial
            ?? TypedResults.Json(inbox!, WebJson.Api.InboxName, statusCode: StatusCodes.Status201Created);
    }
}
