using Cybertemp.Web.Access;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Messages.Contents;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Messages;

/// <summary><c>/v1/messages/{id}</c> and what belongs to it.</summary>
internal static class MessageEndpoints
{
    /// <summary>No connection of the database is held while a slow reader takes them.</summary>
    private const int SliceBytes = 1024 * 1024;

    public static void MapMessages(this IEndpointRouteBuilder endpoints)
    {
        var message = endpoints.MapGroup("/v1/messages/{id}").WithTags("Messages");
        message.MapGet("", GetAsync).WithName("getMessage").WithSummary("All of a message but its octets")
            .Produces<MessageDetail>().ProducesProblem(400).ProducesProblem(404);
        message.MapGet("/text", GetTextAsync).WithName("getMessageText").WithSummary("Its text")
            .Produces<string>(contentType: "text/plain").ProducesProblem(404);
        message.MapGet("/html", HtmlEndpoint.GetAsync).WithName("getMessageHtml")
            .WithSummary("Its HTML made safe, for a sandboxed frame; with images=1 also pictures of the web")
            .Produces<string>(contentType: "text/html").ProducesProblem(404);

        // A frame sends no header: the page posts a form into it, whose field is the credential.
        message.MapPost("/html", HtmlEndpoint.GetAsync).ExcludeFromDescription();
        message.MapGet("/raw", GetRawAsync).WithName("getMessageRaw").WithSummary("Its octets as received")
            .Produces(StatusCodes.Status200OK, contentType: "message/rfc822").ProducesProblem(404);
        message.MapGet("/attachments/{index}", AttachmentEndpoint.GetAsync).WithName("getAttachment")
            .WithSummary("An attachment, decoded")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").ProducesProblem(404);
        message.MapPatch("", MarkAsync).WithName("markMessage").WithSummary("Marks it read or unread")
            .Accepts<ReadFlag>("application/json").Produces(StatusCodes.Status204NoContent).ProducesProblem(404);
        message.MapDelete("", DeleteAsync).WithName("deleteMessage").WithSummary("Deletes it")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(404);
    }

    private static async Task<IResult> GetAsync(
        string id, HttpContext context, MessageReads messages, CancellationToken ct)
    {
        if (!MessageId.TryParse(id, out var messageId))
        {
            return Problem.MalformedId;
        }

        context.Response.Headers.CacheControl = "no-store";
        return await messages.FindAsync(context.Reader(), messageId, ct) is { } message
            ? TypedResults.Json(message, WebJson.Api.MessageDetail)
            : Problem.NoSuchMessage;
    }

    public static async Task<IResult> GetTextAsync(
        string id, HttpContext context, MessageReads messages, CancellationToken ct)
    {
        if (!MessageId.TryParse(id, out var messageId))
        {
            return Problem.MalformedId;
        }

        context.Response.Headers.CacheControl = "no-store";
        return await messages.FindTextAsync(context.Reader(), messageId, ct) is { } text
            ? TypedResults.Text(text, "text/plain; charset=utf-8")
            : Problem.NoSuchMessage;
    }

    public static async Task<IResult> GetRawAsync(
        string id, HttpContext context, MessageReads messages, CancellationToken ct)
    {
        if (!MessageId.TryParse(id, out var messageId))
        {
            return Problem.MalformedId;
        }

        if (await messages.FindLengthAsync(context.Reader(), messageId, ct) is not { } length)
        {
            return Problem.NoSuchMessage;
        }

        var response = context.Response;
        response.ContentType = "message/rfc822";
        response.ContentLength = length;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{messageId.Value:D}.eml\"";
        for (var offset = 0; offset < length; offset += SliceBytes)
        {
            if (await messages.FindSliceAsync(context.Reader(), messageId, offset, SliceBytes, ct) is not { } slice)
            {
                context.Abort(); // Deleted meanwhile: the reader must not take a part for the whole.
                break;
            }

            await response.Body.WriteAsync(slice, ct);
        }

        return TypedResults.Empty;
    }

    private static async Task<IResult> MarkAsync(
        string id, HttpContext context, MessageWrites messages, CancellationToken ct)
    {
        if (!MessageId.TryParse(id, out var messageId))
        {
            return Problem.MalformedId;
        }

        var (flag, problem) = await JsonBody.ReadAsync(context.Request, WebJson.Api.ReadFlag, ct);
        return problem ?? Answer(await messages.MarkAsync(context.Reader(), messageId, flag!.Read, ct));
    }

    private static async Task<IResult> DeleteAsync(
        string id, HttpContext context, MessageWrites messages, CancellationToken ct) =>
        MessageId.TryParse(id, out var messageId)
            ? Answer(await messages.DeleteAsync(context.Reader(), messageId, ct))
            : Problem.MalformedId;

    private static IResult Answer(bool isFound) => isFound ? TypedResults.NoContent() : Problem.NoSuchMessage;
}
