using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Cybertemp.Web;

/// <summary>The API's own description: <c>/openapi/v1.json</c>, and a page for it at <c>/docs</c>.</summary>
internal static class ApiDocument
{
    private const string Policy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(static options => options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Cybertemp",
                Version = "v1",
                Description = "Mail of temporary inboxes by their name, of private ones in a session.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            };
            return Task.CompletedTask;
        }));

    public static void MapApiDocument(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi();
        endpoints.MapScalarApiReference("/docs", static options => options
                .WithTitle("Cybertemp").DisableDefaultFonts().DisableTelemetry().DisableAgent())
            .AddEndpointFilter(static (context, next) =>
            {
                context.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
                return next(context);
            });
    }
}
