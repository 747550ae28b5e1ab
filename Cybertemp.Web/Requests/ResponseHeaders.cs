namespace Cybertemp.Web.Requests;

/// <summary>
/// What every answer tells a browser: nothing is guessed, nothing is sent on, and the answer is no page. An endpoint
/// with a policy of its own, as the page has, replaces it.
/// </summary>
internal static class ResponseHeaders
{
    private const string Policy = "default-src 'none'; frame-ancestors 'none'";

    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = Policy;
    }
}
