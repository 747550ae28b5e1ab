using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Access.SignIn;

/// <summary><c>/v1/sessions</c>.</summary>
internal static class SessionEndpoint
{
    public static void MapSessions(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/v1/sessions", OpenAsync).WithTags("Sessions").WithName("openSession")
            .WithSummary("Opens a private inbox with its password")
            .Accepts<NewSession>("application/json").Produces<OpenSession>(StatusCodes.Status201Created)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);

    private static async Task<IResult> OpenAsync(
        HttpContext context, Sessions sessions, RequestLimits limits, CancellationToken ct)
    {
        var (wanted, problem) = await JsonBody.ReadAsync(context.Request, WebJson.Api.NewSession, ct);
        if (problem is not null)
        {
            return problem;
        }

        if (!InboxAddress.TryParse(wanted!.Address, out var address))
        {
            return Problem.MalformedAddress;
        }

        if (limits.RefuseSession(context, address) is { } refusal)
        {
            return refusal;
        }

        context.Response.Headers.CacheControl = "no-store";
        return await sessions.OpenAsync(address, wanted.Password, ct) is { } session
            ? TypedResults.Json(session, WebJson.Api.OpenSession, statusCode: StatusCodes.Status201Created)
            : Problem.WrongCredentials;
    }
}
