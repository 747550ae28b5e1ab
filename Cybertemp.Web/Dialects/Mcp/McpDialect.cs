using Cybertemp.Web.Access;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.Mcp;

/// <summary>
/// The Model Context Protocol over HTTP, for agents. A session or the operator's key is a bearer token, as in the API;
/// without one there is public mail.
/// </summary>
internal sealed class McpDialect(KnownReaders readers) : Dialect
{
    public override async ValueTask<Problem?> IdentifyAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization is not { Count: > 0 } given)
        {
            return null;
        }

        if (BearerToken.Of(given.ToString()) is not { } secret
            || await readers.FindAsync(secret, context.RequestAborted) is not { } reader)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.NotSignedIn;
        }

        context.SetReader(reader, secret);
        return null;
    }
}
