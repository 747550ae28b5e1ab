using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Messages.Contents;
using Cybertemp.Web.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>Mail as the Rust server gave it: lists are arrays with bodies, newest first; no inbox is unknown.</summary>
internal static class EmailEndpoints
{
    public static async Task<IResult> ListAsync(
        HttpContext context, MessageReads messages, MessageBodies bodies, CybertempDialect dialect,
        CancellationToken ct)
    {
        if (EmailQuery.Read(context, out var query) is { } problem)
        {
            return dialect.Tell(problem);
        }

        var rows = (await messages.ListAsync(query, ct)).Rows;
        return ListAnswer.Begin(context, query.Reader, rows)
            ?? TypedResults.Json(
                bodies.ReadAsync(query.Reader.Kind, rows, ct).Select(Email.Of),
                CybertempJson.Api.IAsyncEnumerableEmail);
    }

    public static async Task<IResult> GetAsync(
        string id, HttpContext context, MessageReads messages, CybertempDialect dialect, CancellationToken ct)
    {
        if (!MessageId.TryParse(id, out var messageId))
        {
            return dialect.Tell(Problem.NoSuchMessage);
        }

        context.Response.Headers.CacheControl = "no-store";
        return await messages.FindAsync(context.Reader(), messageId, ct) is { } message
            ? TypedResults.Json(Email.Of(message), CybertempJson.Api.Email)
            : dialect.Tell(Problem.NoSuchMessage);
    }

    public static async Task<IResult> DeleteAsync(
        string id, HttpContext context, MessageWrites messages, CybertempDialect dialect, CancellationToken ct) =>
        MessageId.TryParse(id, out var messageId) && await messages.DeleteAsync(context.Reader(), messageId, ct)
            ? Done(1)
            : dialect.Tell(Problem.NoSuchMessage);

    public static async Task<IResult> DeletePostedAsync(
        HttpContext context, MessageWrites messages, CybertempDialect dialect, CancellationToken ct)
    {
        var (body, problem) = await JsonBody.ReadAsync(context.Request, CybertempJson.Api.Deletion, ct);
        return problem is not null
            ? dialect.Tell(problem)
            : await DeleteAsync(body!.Id ?? "", context, messages, dialect, ct);
    }

    public static async Task<IResult> EmptyAsync(
        string address, HttpContext context, MessageWrites messages, CybertempDialect dialect, CancellationToken ct) =>
        InboxAddress.TryParseSegment(address, out var inbox)
            ? Done(await messages.DeleteAllAsync(context.Reader().In(inbox), inbox, ct))
            : dialect.Tell(Problem.MalformedAddress);

    public static async Task<IResult> EmptyPostedAsync(
        HttpContext context, MessageWrites messages, CybertempDialect dialect, CancellationToken ct)
    {
        var (body, problem) = await JsonBody.ReadAsync(context.Request, CybertempJson.Api.Deletion, ct);
        return problem is not null
            ? dialect.Tell(problem)
            : await EmptyAsync(body!.InboxAddress ?? body.Email ?? "", context, messages, dialect, ct);
    }

    public static IResult ListOwn(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var reader = context.Reader();
        IReadOnlyList<OwnInbox> own = reader.Kind is ReaderKind.Owner
            ? [new OwnInbox(reader.Address, reader.Address, reader.Address)]
            : [];
        return TypedResults.Json(new OwnInboxes(own), CybertempJson.Api.OwnInboxes);
    }

    private static JsonHttpResult<Deleted> Done(int count) =>
        TypedResults.Json(new Deleted(Success: true, count), CybertempJson.Api.Deleted);
}
