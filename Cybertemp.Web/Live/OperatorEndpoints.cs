using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Live;

/// <summary>All mail: <c>/v1/messages</c>, <c>/v1/search</c> and <c>/v1/events</c>, with the operator's key.</summary>
internal static class OperatorEndpoints
{
    public static void MapOperators(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/messages", ListAsync).WithTags("Operators").WithName("listAllMessages")
            .WithSummary("All mail, newest first, as summaries")
            .Produces<MessagePage>().ProducesProblem(400).ProducesProblem(403);
        endpoints.MapGet("/v1/search", ListAsync).WithTags("Operators").WithName("searchMessages")
            .WithSummary("The mail that q asks for: words, from: to: subject: has:attachment is:unread before: after:")
            .Produces<MessagePage>().ProducesProblem(400).ProducesProblem(403);
        endpoints.MapGet("/v1/events", StreamAsync).WithTags("Operators").WithName("streamAllMessages")
            .WithSummary("Each new message as a server-sent event")
            .Produces<string>(contentType: "text/event-stream").ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, MessageReads messages, CancellationToken ct)
    {
        if (Read(context, out var query) is { } problem)
        {
            return problem;
        }

        var listing = await messages.ListAsync(query, ct);
        return ListAnswer.Begin(context, query.Reader, listing.Rows)
            ?? ListAnswer.End(await messages.CompleteAsync(query.Reader.Kind, listing.Rows, ct));
    }

    private static async Task<IResult> StreamAsync(HttpContext context, EventStream events, OpenWaits open)
    {
        if ((Read(context, out var query) ?? EventCursor.Read(context.Request, ref query)) is { } problem)
        {
            return problem;
        }

        return await open.HoldAsync(context, async () =>
            (IResult?)await events.WriteAsync(query, context) ?? TypedResults.Empty);
    }

    private static Problem? Read(HttpContext context, out MessageQuery query)
    {
        query = new MessageQuery(context.Reader(), "");
        return context.Reader().Kind is ReaderKind.Operator
            ? MessageQueryReader.ReadAll(context.Request, context.Reader(), out query)
            : Problem.OperatorsOnly;
    }
}
