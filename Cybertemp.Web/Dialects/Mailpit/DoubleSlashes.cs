using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Dialects.Mailpit;

/// <summary>
/// A client asks for <c>//view/…</c>: it is sent to the path with one slash, as Mailpit does, and never elsewhere.
/// </summary>
internal static class DoubleSlashes
{
    private const string Start = "//view/";

    public static void UseDoubleSlashes(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<WebOptions>>().Value.Mailpit)
        {
            app.UseWhen(
                static context => context.Request.Path.Value?.StartsWith(Start, StringComparison.Ordinal) is true,
                static twice => twice.Run(static context =>
                {
                    var request = context.Request;
                    context.Response.Redirect($"{new PathString(request.Path.Value![1..])}{request.QueryString}");
                    return Task.CompletedTask;
                }));
        }
    }
}
