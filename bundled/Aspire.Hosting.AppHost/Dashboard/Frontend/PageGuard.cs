using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>What every request to the pages must pass: the Host, the login, and for commands the page's own origin.</summary>
internal sealed class PageGuard(BrowserLogin login, Uri configured)
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        if (Refuse(context) is { } status)
        {
            context.Response.StatusCode = status;
        }
        else if (IsOpen(context.Request.Path) || login.IsLoggedIn(context))
        {
            await next(context);
        }
        else if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            var asked = context.Request.Path + context.Request.QueryString;
            context.Response.Redirect($"/login?returnUrl={Uri.EscapeDataString(asked)}");
        }
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }

    // Nothing in these files is secret, and the login page needs them.
    private static bool IsOpen(PathString path) =>
        path.StartsWithSegments("/login", StringComparison.Ordinal) || path.StartsWithSegments("/assets", StringComparison.Ordinal);

    private int? Refuse(HttpContext context)
    {
        if (!HostRule.Allows(context.Request.Host, configured))
        {
            return StatusCodes.Status400BadRequest;
        }

        return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || IsSameOrigin(context.Request)
            ? null
            : StatusCodes.Status403Forbidden;
    }

    private static bool IsSameOrigin(HttpRequest request) =>
        string.Equals(request.Headers.Origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
