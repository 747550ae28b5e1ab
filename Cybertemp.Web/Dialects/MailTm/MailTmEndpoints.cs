using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.Web.Access;
using Cybertemp.Web.Access.SignIn;
using Cybertemp.Web.Domains;
using Cybertemp.Web.Live;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Requests;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Dialects.MailTm;

/// <summary>mail.tm's paths, where <see cref="WebOptions.MailTm"/> is set.</summary>
internal static class MailTmEndpoints
{
    private static readonly Problem NotYours = new(
        403, "not-yours", "The topic is not yours", "It is the path of the account whose token is sent.");

    public static void MapMailTm(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (!services.GetRequiredService<IOptions<WebOptions>>().Value.MailTm)
        {
            return;
        }

        var paths = endpoints.MapGroup("").WithMetadata(services.GetRequiredService<MailTmDialect>())
            .ExcludeFromDescription();
        paths.MapGet("/domains", ListDomainsAsync);
        paths.MapGet("/domains/{domain}", GetDomainAsync);
        paths.MapPost("/accounts", AccountEndpoints.CreateAsync);
        paths.MapGet("/accounts/{id}", AccountEndpoints.GetAsync);
        paths.MapDelete("/accounts/{id}", AccountEndpoints.CloseAsync);
        paths.MapPost("/token", AccountEndpoints.SignInAsync);
        paths.MapGet("/me", AccountEndpoints.GetMeAsync);
        paths.MapGet("/.well-known/mercure", StreamAsync);
        paths.MapGet("/sources/{id}", MailTmMessageEndpoints.GetSourceAsync);
        paths.MapGet("/messages", MailTmMessageEndpoints.ListAsync);
        var message = paths.MapGroup("/messages/{id}");
        message.MapGet("", MailTmMessageEndpoints.GetAsync);
        message.MapDelete("", MailTmMessageEndpoints.DeleteAsync);
        message.MapPatch("", MailTmMessageEndpoints.MarkAsync);
        message.MapGet("/download", MailTmMessageEndpoints.DownloadAsync);
        message.MapGet("/attachment/{index}", MailTmMessageEndpoints.GetAttachmentAsync);
    }

    private static async Task<IResult> ListDomainsAsync(
        HttpContext context, DomainCatalog catalog, CancellationToken ct)
    {
        var names = await NamesAsync(catalog, ct);
        var domains = new JsonArray([.. names.Select(static d => (JsonNode)MailTmShapes.Domain(d))]);
        return MailTmAnswer.Many(context, "/domains", "Domain", domains, domains.Count);
    }

    private static async Task<IResult> GetDomainAsync(
        string domain, HttpContext context, DomainCatalog catalog, MailTmDialect dialect, CancellationToken ct) =>
        (await NamesAsync(catalog, ct)).Contains(domain, StringComparer.Ordinal)
            ? MailTmAnswer.One(context, MailTmShapes.Domain(domain))
            : dialect.Tell(Problem.DomainNotAccepted);

    private static async Task<IEnumerable<string>> NamesAsync(DomainCatalog catalog, CancellationToken ct) =>
        (await catalog.GetAsync(ct))?.Patterns.Where(static p => !p.IsWildcard).Select(static p => p.Domain)
            .Take(1_000) ?? [];

    /// <summary>New mail of the account, as server-sent events whose data are messages with <c>@type</c>.</summary>
    private static Task<IResult> StreamAsync(
        HttpContext context, Accounts accounts, EventStream events, OpenWaits open, MailTmDialect dialect,
        CancellationToken ct) => AccountEndpoints.WithOwnAsync(
            context, accounts, dialect,
            async account =>
            {
                var query = new MessageQuery(context.Reader(), account.Address);
                var topic = context.Request.Query["topic"].ToString();
                var problem = topic.Length > 0 && topic != MailTmShapes.AccountPath(account)
                    ? NotYours
                    : EventCursor.Read(context.Request, ref query);
                if (problem is not null)
                {
                    return dialect.Tell(problem);
                }

                return await open.HoldAsync(
                    context,
                    async () => await events.WriteAsync(query, context, m => Event(m, account)) is { } foreign
                        ? dialect.Tell(foreign)
                        : TypedResults.Empty,
                    dialect.Tell);
            },
            ct);

    private static byte[] Event(MessageSummary message, Account account) => Encoding.UTF8.GetBytes(
        $"id: {message.Id:D}\ndata: {MailTmAnswer.Text(MailTmShapes.Of(message, account, messageId: ""))}\n\n");
}
