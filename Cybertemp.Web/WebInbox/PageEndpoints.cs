using Cybertemp.Web.Html;
using Microsoft.Net.Http.Headers;

namespace Cybertemp.Web.WebInbox;

/// <summary>The web inbox: one document at every address of a reader, and its files.</summary>
internal static class PageEndpoints
{
    private const string Unchanging = "public, max-age=31536000, immutable";

    private const string Robots =
        "User-agent: *\nDisallow: /inbox/\nDisallow: /all\nDisallow: /refused\nDisallow: /v1/\n";

    private static readonly string[] Documents =
        ["/", "/inbox/{address}", "/inbox/{address}/{id}", "/all", "/all/{id}", "/refused"];

    public static void AddPage(this IServiceCollection services) => services.AddSingleton<PageFiles>();

    public static void MapPage(this IEndpointRouteBuilder endpoints)
    {
        foreach (var document in Documents)
        {
            endpoints.MapGet(document, ShowAsync).ExcludeFromDescription();
        }

        endpoints.MapGet("/assets/{version}/{name}", SendAsync).ExcludeFromDescription();
        endpoints.MapGet("/robots.txt", static () => TypedResults.Text(Robots)).ExcludeFromDescription();
    }

    private static Task ShowAsync(HttpContext context, PageFiles files)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = ContentPolicy.Page;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        return WriteAsync(context, files.Index);
    }

    private static Task SendAsync(string version, string name, HttpContext context, PageFiles files)
    {
        if (files.Find(name) is not { } file || name == "index.html")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // A page that was open while the service was replaced gets the new file, and keeps it no longer than needed.
        context.Response.Headers.CacheControl = version == files.Version ? Unchanging : "no-cache";
        return WriteAsync(context, file);
    }

    private static async Task WriteAsync(HttpContext context, PageFile file)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = file.Tag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (request.Headers.IfNoneMatch == file.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (octets, coding) = file.For(request.GetTypedHeaders().AcceptEncoding);
        if (coding is not null)
        {
            response.Headers.ContentEncoding = coding;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = octets.Length;
        await response.Body.WriteAsync(octets, context.RequestAborted);
    }
}
