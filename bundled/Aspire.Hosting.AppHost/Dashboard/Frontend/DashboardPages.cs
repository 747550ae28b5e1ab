using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>Every URL of the pages' port.</summary>
internal static class DashboardPages
{
    private const string Index = "index.html";

    // One document; its script reads the rest of the URL.
    private static readonly string[] Pages =
        ["/", "/resources", "/console/{resource?}", "/logs", "/traces/{id?}", "/meters", "/glance/{name?}"];

    public static void Map(WebApplication app, DashboardState state)
    {
        var login = new BrowserLogin(state.Options.BrowserToken);
        var guard = new PageGuard(login, state.Options.Url);
        app.Use(next => context => guard.InvokeAsync(context, next));
        app.MapGet("/login", context => LogInAsync(context, login));
        app.MapGet("/assets/{**path}", static context => Assets.WriteAsync(context, $"assets/{context.Request.RouteValues["path"]}"));
        foreach (var page in Pages)
        {
            app.MapGet(page, static context => Assets.WriteAsync(context, Index));
        }

        LiveApi.Map(app, state);
        ResourceApi.Map(app, state);
        ConsoleApi.Map(app, state);
        LogApi.Map(app, state);
        TraceApi.Map(app, state);
        MeterApi.Map(app, state);
    }

    private static async Task LogInAsync(HttpContext context, BrowserLogin login)
    {
        var token = context.Request.Query["t"].ToString();
        if (login.IsLoggedIn(context) || (token.Length > 0 && login.TryLogIn(context, token)))
        {
            context.Response.Redirect(LocalPath(context.Request.Query["returnUrl"].ToString()));
            return;
        }

        context.Response.StatusCode = token.Length > 0 ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK;
        await Assets.WriteAsync(context, "login.html");
    }

    private static string LocalPath(string path) =>
        path is ['/', not ('/' or '\\'), ..] && !path.AsSpan().ContainsAny('\\', '\r', '\n') ? path : "/";
}
