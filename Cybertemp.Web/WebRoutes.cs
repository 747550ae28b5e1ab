using Cybertemp.Web.Access;
using Cybertemp.Web.Access.SignIn;
using Cybertemp.Web.Dialects;
using Cybertemp.Web.Domains;
using Cybertemp.Web.Inboxes;
using Cybertemp.Web.Live;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Refusals;
using Cybertemp.Web.Requests;
using Cybertemp.Web.WebInbox;

namespace Cybertemp.Web;

/// <summary>The way of a request: who it is from, whether it may ask, and what answers it.</summary>
internal static class WebRoutes
{
    private static readonly PathString Api = "/v1";

    public static void MapWeb(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<FailureEdge>();
        app.UseStatusCodePages(static pages =>
            Problem.OfStatus(pages.HttpContext.Response.StatusCode).ExecuteAsync(pages.HttpContext));
        app.Use(static (context, next) =>
        {
            ResponseHeaders.Set(context);
            return next(context);
        });
        app.UseCors();
        app.UseWhen(
            static context => context.Request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase),
            static api =>
            {
                api.Use(LimitAsync);
                api.UseMiddleware<Credentials>();
            });
        app.UseDialects();
        app.MapApiDocument();
        app.MapDomains();
        app.MapSessions();
        app.MapNewInboxes();
        app.MapLeases();
        app.MapInboxes();
        app.MapMessages();
        app.MapOperators();
        app.MapRefusals();
        app.MapDialects();
        app.MapPage();
    }

    private static Task LimitAsync(HttpContext context, RequestDelegate next) =>
        context.RequestServices.GetRequiredService<RequestLimits>().Refuse(context) is { } refusal
            ? refusal.ExecuteAsync(context)
            : next(context);
}
