using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.Feeds;

/// <summary>
/// <c>/v1/inboxes/{address}/feed</c>: an inbox in a feed reader, which asks again with the tag it was given.
/// </summary>
internal static class FeedEndpoint
{
    public static void MapFeed(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/v1/inboxes/{address}/feed", GetAsync).WithTags("Inboxes").WithName("getFeed")
            .WithSummary("The messages of an inbox as RSS 2.0, newest first")
            .Produces<string>(contentType: "application/rss+xml").Produces(304).ProducesProblem(400);

    private static async Task<IResult> GetAsync(
        string address, HttpContext context, MessageReads messages, CancellationToken ct)
    {
        if (MessageQueryReader.Read(context.Request, address, context.Reader(), out var query) is { } problem)
        {
            return problem;
        }

        var listing = await messages.ListAsync(query, ct);
        if (listing.HasForeignCursor)
        {
            return Problem.CursorOfAnotherInbox;
        }

        return ListAnswer.Begin(context, query.Reader, listing.Rows)
            ?? TypedResults.Text(
                Feed.Write(
                    query.Inbox, Site(context.Request),
                    await messages.CompleteAsync(query.Reader.Kind, listing.Rows, ct)),
                "application/rss+xml; charset=utf-8");
    }

    /// <summary>As the reader knows this service; its proxies say so.</summary>
    private static string Site(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
