using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Access;

/// <summary>
/// Finds out who asks, from <c>Authorization: Bearer</c> or the form of a frame. Without it: anyone. With one that is
/// not good, or with several, the request is refused, whatever it asks for.
/// </summary>
internal sealed class Credentials(RequestDelegate next, KnownReaders readers)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (await GivenAsync(context.Request) is { } given)
        {
            if (BearerToken.Of(given) is not { } secret
                || await readers.FindAsync(secret, context.RequestAborted) is not { } reader)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
                await Problem.NotSignedIn.ExecuteAsync(context);
                return;
            }

            context.SetReader(reader, secret);
        }

        await next(context);
    }

    /// <summary>A frame cannot send a header: the page posts a form for it, whose field is <c>token</c>.</summary>
    private static async Task<string?> GivenAsync(HttpRequest request)
    {
        if (request.Headers.Authorization is { Count: > 0 } headers)
        {
            return headers.ToString();
        }

        return HttpMethods.IsPost(request.Method) && IsForm(request)
            ? "Bearer " + (await request.ReadFormAsync(request.HttpContext.RequestAborted))["token"]
            : null;
    }

    /// <summary>Only of the kind that the page posts: others have many ways to be broken.</summary>
    private static bool IsForm(HttpRequest request) =>
        request.HasFormContentType
        && request.ContentType!.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
}
