using Cybertemp.Web.Requests;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Dialects.Mailpit;

/// <summary>Mailpit's paths, where <see cref="WebOptions.Mailpit"/> is set.</summary>
internal static class MailpitEndpoints
{
    private static readonly Problem NothingIsSent = new(
        501, "nothing-is-sent", "Nothing is sent from here",
        "This service receives only: there is no send and no release.");

    private static readonly Problem NoChaos = new(
        501, "no-chaos", "There is no chaos", "Faults are not made on purpose here: GET answers this too.");

    private static readonly Problem NoThumbnails = new(
        501, "no-thumbnails", "There are no thumbnails",
        "No picture is drawn on a reader's behalf: take the part itself.");

    private static readonly Problem NoChecks = new(
        501, "no-checks", "Mail is not checked here",
        "Nothing is fetched on a reader's behalf, and nothing is judged.");

    private static readonly Problem NoTags = new(
        501, "no-tags", "There are no tags", "A message has none, and none can be given to it.");

    private static readonly Problem NoSettings = new(
        501, "no-settings", "There is nothing of Mailpit's page", "This service has a page of its own, at /.");

    public static void MapMailpit(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (!services.GetRequiredService<IOptions<WebOptions>>().Value.Mailpit)
        {
            return;
        }

        var paths = endpoints.MapGroup("").WithMetadata(services.GetRequiredService<MailpitDialect>())
            .ExcludeFromDescription();
        MapMailbox(paths.MapGroup("/api/v1"));
        MapMessage(paths.MapGroup("/api/v1/message/{id}"));
        paths.MapGet("/view/{id}.html", MailpitMessageEndpoints.ShowHtmlAsync);
        paths.MapGet("/view/{id}.txt", MailpitMessageEndpoints.ShowTextAsync);
    }

    private static void MapMailbox(RouteGroupBuilder api)
    {
        api.MapGet("/info", MailpitMailboxEndpoints.DescribeAsync);
        api.MapGet("/messages", MailpitMailboxEndpoints.ListAsync);
        api.MapGet("/search", MailpitMailboxEndpoints.ListAsync);
        api.MapDelete("/messages", MailpitMailboxEndpoints.DeleteAsync);
        api.MapDelete("/search", MailpitMailboxEndpoints.DeleteFoundAsync);
        api.MapPut("/messages", MailpitMailboxEndpoints.MarkAsync);
        api.MapGet("/tags", static () => TypedResults.Text("[]", "application/json"));
        Refuse(api, NoTags, ["PUT", "DELETE"], "/tags", "/tags/{tag}");
        Refuse(api, NothingIsSent, ["POST"], "/send");
        Refuse(api, NoChaos, ["GET", "PUT"], "/chaos");
        Refuse(api, NoSettings, ["GET"], "/webui");
    }

    private static void MapMessage(RouteGroupBuilder message)
    {
        message.MapGet("", MailpitMessageEndpoints.GetAsync);
        message.MapGet("/headers", MailpitMessageEndpoints.GetHeadersAsync);
        message.MapGet("/raw", MailpitMessageEndpoints.GetRawAsync);
        message.MapGet("/part/{part}", MailpitMessageEndpoints.GetPartAsync);
        Refuse(message, NoThumbnails, ["GET"], "/part/{part}/thumb");
        Refuse(message, NothingIsSent, ["POST"], "/release");
        Refuse(message, NoChecks, ["GET"], "/html-check", "/link-check", "/sa-check");
    }

    private static void Refuse(RouteGroupBuilder group, Problem problem, string[] methods, params string[] paths)
    {
        foreach (var path in paths)
        {
            group.MapMethods(path, methods, () => problem);
        }
    }
}
