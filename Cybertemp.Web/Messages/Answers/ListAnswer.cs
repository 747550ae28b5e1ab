using Cybertemp.Web.Access;

namespace Cybertemp.Web.Messages.Answers;

/// <summary>A list as an answer: its tag first, so that a client that has it is not sent it.</summary>
internal static class ListAnswer
{
    /// <summary>304 to a client that has that list; null otherwise.</summary>
    public static IResult? Begin(HttpContext context, Reader reader, IReadOnlyList<MessageRow> rows)
    {
        var tag = ListTag.Of(rows);
        var isPublic = reader.Kind is ReaderKind.Anyone;
        context.Response.GetTypedHeaders().ETag = tag;
        context.Response.Headers.CacheControl = isPublic ? "private, no-cache" : "no-store";
        return ListTag.IsKnown(context.Request, tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : null;
    }

    public static IResult End(IReadOnlyList<MessageSummary> messages) =>
        TypedResults.Json(new MessagePage(messages), WebJson.Api.MessagePage);
}
