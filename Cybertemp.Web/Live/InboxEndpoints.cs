using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Live;

/// <summary><c>/v1/inboxes/{address}</c>.</summary>
internal static class InboxEndpoints
{
    private const int MaxWaitSeconds = 60;

    public static void MapInboxes(this IEndpointRouteBuilder endpoints)
    {
        var inbox = endpoints.MapGroup("/v1/inboxes/{address}").WithTags("Inboxes");
        inbox.MapGet("/messages", ListAsync).WithName("listMessages")
            .WithSummary("The messages of an inbox, newest first, as summaries; with wait, once there are some")
            .Produces<MessagePage>().Produces(204).Produces(304).ProducesProblem(400);
        inbox.MapDelete("/messages", DeleteAsync).WithName("deleteMessages")
            .WithSummary("Deletes all messages of an inbox")
            .Produces<DeletedCount>().ProducesProblem(400);
        inbox.MapGet("/code", FindCodeAsync).WithName("findCode")
            .WithSummary("The code or link of the newest message that has one; with wait, once there is one")
            .Produces<FoundCode>().Produces(204).ProducesProblem(400);
        inbox.MapGet("/events", StreamAsync).WithName("streamMessages")
            .WithSummary("Each new message as a server-sent event")
            .Produces<string>(contentType: "text/event-stream").ProducesProblem(400);
    }

    private static async Task<IResult> ListAsync(
        string address, HttpContext context, MessageReads messages, MessageWaits waits, OpenWaits open,
        CancellationToken ct)
    {
        if (Read(context, address, out var query, out var wait) is { } problem)
        {
            return problem;
        }

        if (wait > TimeSpan.Zero)
        {
            return await open.HoldAsync(context, async () =>
                await waits.WaitAsync(query, static _ => true, wait, ct) switch
                {
                    null => Problem.CursorOfAnotherInbox,
                    [] => TypedResults.NoContent(),
                    var come => ListAnswer.End(come),
                });
        }

        var listing = await messages.ListAsync(query, ct);
        return listing.HasForeignCursor
            ? Problem.CursorOfAnotherInbox
            : ListAnswer.Begin(context, query.Reader, listing.Rows)
                ?? ListAnswer.End(await messages.CompleteAsync(query.Reader.Kind, listing.Rows, ct));
    }

    private static async Task<IResult> FindCodeAsync(
        string address, HttpContext context, MessageWaits waits, OpenWaits open, CancellationToken ct)
    {
        if (Read(context, address, out var query, out var wait) is { } problem)
        {
            return problem;
        }

        context.Response.Headers.CacheControl = "no-store";
        return await open.HoldAsync(context, async () =>
            await waits.WaitAsync(query with { Limit = MessageQuery.MaxLimit }, HasCode, wait, ct) switch
            {
                null => Problem.CursorOfAnotherInbox,
                [] => TypedResults.NoContent(),
                [var found, ..] => TypedResults.Json(
                    new FoundCode(found.Code, found.Link, found.Id, found.ReceivedAt), WebJson.Api.FoundCode),
            });
    }

    private static async Task<IResult> StreamAsync(
        string address, HttpContext context, EventStream events, OpenWaits open)
    {
        if ((MessageQueryReader.Read(context.Request, address, context.Reader(), out var query)
            ?? EventCursor.Read(context.Request, ref query)) is { } problem)
        {
            return problem;
        }

        return await open.HoldAsync(context, async () =>
            (IResult?)await events.WriteAsync(query, context) ?? TypedResults.Empty);
    }

    private static async Task<IResult> DeleteAsync(
        string address, HttpContext context, MessageWrites messages, CancellationToken ct) =>
        InboxAddress.TryParseSegment(address, out var inbox)
            ? TypedResults.Json(
                new DeletedCount(await messages.DeleteAllAsync(context.Reader().In(inbox), inbox, ct)),
                WebJson.Api.DeletedCount)
            : Problem.MalformedAddress;

    private static Problem? Read(HttpContext context, string address, out MessageQuery query, out TimeSpan wait)
    {
        var problem = MessageQueryReader.Read(context.Request, address, context.Reader(), out query);
        var values = new QueryReader(context.Request.Query);
        wait = TimeSpan.FromSeconds(values.Number("wait", 0, 0, MaxWaitSeconds, Problem.MalformedWait));
        if (wait > TimeSpan.Zero && query.Before is not null)
        {
            values.Fail(Problem.MalformedWait);
        }

        return problem ?? values.Problem;
    }

    private static bool HasCode(MessageSummary message) => message.Code is not null || message.Link is not null;
}
