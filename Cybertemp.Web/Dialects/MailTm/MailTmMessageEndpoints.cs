using System.Text.Json;
using System.Text.Json.Nodes;
using Cybertemp.Web.Access;
using Cybertemp.Web.Access.SignIn;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Contents;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.MailTm;

/// <summary><c>/messages</c> and <c>/sources</c> of the account whose token it is.</summary>
internal static class MailTmMessageEndpoints
{
    // Several copies of it are in memory while it is answered; downloadUrl has all of it.
    private const int MaxSource = 1024 * 1024;

    private const int PageSize = 30;
    private const int MaxPage = 3_000;

    private static readonly Problem MalformedPage = new(
        400, "malformed-page", "The page is out of range", "page is a whole number from 1 to 3000.");

    public static Task<IResult> ListAsync(
        HttpContext context, MessageReads messages, MessageHeads heads, Accounts accounts, MailTmDialect dialect,
        CancellationToken ct) => AccountEndpoints.WithOwnAsync(
            context, accounts, dialect,
            async account =>
            {
                var values = new QueryReader(context.Request.Query);
                var page = values.Number("page", 1, 1, MaxPage, MalformedPage);
                if (values.Problem is { } problem)
                {
                    return dialect.Tell(problem);
                }

                var query = new MessageQuery(context.Reader(), account.Address)
                {
                    Limit = PageSize + 1,
                    Offset = (page - 1) * PageSize,
                };
                var rows = (await messages.ListAsync(query, ct)).Rows;
                var headOf = await heads.ReadAsync(ReaderKind.Owner, rows, ct);
                var summaries = await messages.CompleteAsync(ReaderKind.Owner, [.. rows.Take(PageSize)], ct);
                var members = summaries.Select(m => (JsonNode)MailTmShapes.Of(
                    m, account, headOf.GetValueOrDefault(m.Id, MessageHead.Empty).MessageId));
                return MailTmAnswer.Many(
                    context, "/messages", "Message", new JsonArray([.. members]), query.Offset + rows.Count,
                    rows.Count > PageSize ? page + 1 : null);
            },
            ct);

    public static Task<IResult> GetAsync(
        string id, HttpContext context, MessageReads messages, Accounts accounts, MailTmDialect dialect,
        CancellationToken ct) => AccountEndpoints.WithOwnAsync(
            context, accounts, dialect,
            async account => MessageId.TryParse(id, out var messageId)
                && await messages.FindAsync(context.Reader(), messageId, ct) is { } message
                ? MailTmAnswer.One(context, MailTmShapes.Of(message, account))
                : dialect.Tell(Problem.NoSuchMessage),
            ct);

    public static Task<IResult> DeleteAsync(
        string id, HttpContext context, MessageWrites messages, Accounts accounts, MailTmDialect dialect,
        CancellationToken ct) => AccountEndpoints.WithOwnAsync(
            context, accounts, dialect,
            async _ => MessageId.TryParse(id, out var messageId)
                && await messages.DeleteAsync(context.Reader(), messageId, ct)
                ? TypedResults.NoContent()
                : dialect.Tell(Problem.NoSuchMessage),
            ct);

    /// <summary><c>{"seen": true}</c>, as a merge patch (RFC 7396).</summary>
    public static Task<IResult> MarkAsync(
        string id, HttpContext context, MessageWrites messages, Accounts accounts, MailTmDialect dialect,
        CancellationToken ct) => AccountEndpoints.WithOwnAsync(
            context, accounts, dialect,
            async _ =>
            {
                if (await SeenAsync(context.Request, ct) is not { } seen)
                {
                    return dialect.Tell(Problem.MalformedBody);
                }

                return MessageId.TryParse(id, out var messageId)
                    && await messages.MarkAsync(context.Reader(), messageId, seen, ct)
                    ? MailTmAnswer.One(context, new JsonObject { ["seen"] = seen })
                    : dialect.Tell(Problem.NoSuchMessage);
            },
            ct);

    public static Task<IResult> GetSourceAsync(
        string id, HttpContext context, MessageReads messages, Accounts accounts, MailTmDialect dialect,
        CancellationToken ct) => AccountEndpoints.WithOwnAsync(
            context, accounts, dialect,
            async _ => await ReadAsync(id, context, messages, ct) is { } data
                ? MailTmAnswer.One(
                    context,
                    new JsonObject
                    {
                        ["@type"] = "Source",
                        ["@id"] = $"/sources/{id}",
                        ["id"] = id,
                        ["downloadUrl"] = $"/messages/{id}/download",
                        ["data"] = data,
                    })
                : dialect.Tell(Problem.NoSuchMessage),
            ct);

    public static Task<IResult> DownloadAsync(
        string id, HttpContext context, MessageReads messages, Accounts accounts, MailTmDialect dialect,
        CancellationToken ct) => AccountEndpoints.WithOwnAsync(
            context, accounts, dialect, _ => MessageEndpoints.GetRawAsync(id, context, messages, ct), ct);

    public static Task<IResult> GetAttachmentAsync(
        string id, string index, HttpContext context, MessageReads messages, AttachmentReads attachments,
        AttachmentDownloads downloads, Accounts accounts, MailTmDialect dialect, CancellationToken ct) =>
        AccountEndpoints.WithOwnAsync(
            context, accounts, dialect,
            _ => AttachmentEndpoint.GetAsync(id, index, context, messages, attachments, downloads, ct), ct);

    private static async Task<bool?> SeenAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
            return body.RootElement.ValueKind is JsonValueKind.Object
                && body.RootElement.TryGetProperty("seen", out var seen)
                && seen.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? seen.GetBoolean()
                : null;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException) // The latter for half a character.
        {
            return null;
        }
    }

    /// <summary>As text, its first mebibyte: what is not UTF-8 is lost here, and not in a download.</summary>
    private static async Task<string?> ReadAsync(
        string id, HttpContext context, MessageReads messages, CancellationToken ct)
    {
        if (!MessageId.TryParse(id, out var messageId))
        {
            return null;
        }

        await using var octets = await messages.OpenAsync(context.Reader(), messageId, ct);
        if (octets is null)
        {
            return null;
        }

        var raw = new byte[Math.Min(octets.Length, MaxSource)];
        await octets.Stream.ReadExactlyAsync(raw, ct);
        return System.Text.Encoding.UTF8.GetString(raw);
    }
}
