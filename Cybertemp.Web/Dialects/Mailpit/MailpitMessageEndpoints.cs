using Cybertemp.Web.Access;
using Cybertemp.Web.Dialects.Mailpit.Shapes;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Messages.Contents;
using Cybertemp.Web.Messages.Search;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.Mailpit;

/// <summary>
/// One message, by its id or as <c>latest</c>: the newest of all, or of those that <c>query</c> finds.
/// </summary>
internal static class MailpitMessageEndpoints
{
    /// <summary>Reading it marks it as read.</summary>
    public static Task<IResult> GetAsync(
        string id, HttpContext context, AllMessages all, MessageReads messages, MessageWrites writes,
        CancellationToken ct) => FindAsync(id, context, all, messages, async message =>
        {
            if (!message.Read)
            {
                await writes.MarkAsync(Reader.Operator, MessageId.Of(message.Id), isRead: true, ct);
            }

            return TypedResults.Json(MailpitMessage.Of(message), MailpitJson.Api.MailpitMessage);
        });

    public static Task<IResult> GetHeadersAsync(
        string id, HttpContext context, AllMessages all, MessageReads messages) =>
        FindAsync(id, context, all, messages, static message =>
        {
            var fields = message.Headers
                .GroupBy(static h => h.Name, static h => h.Value, StringComparer.OrdinalIgnoreCase)
                .OrderBy(static f => f.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(static f => f.Key, static f => (IReadOnlyList<string>)[.. f], StringComparer.Ordinal);
            return Task.FromResult<IResult>(TypedResults.Json(
                fields, MailpitJson.Api.IReadOnlyDictionaryStringIReadOnlyListString));
        });

    public static Task<IResult> GetRawAsync(
        string id, HttpContext context, AllMessages all, MessageReads messages, CancellationToken ct) =>
        WithIdAsync(id, context, all, found => MessageEndpoints.GetRawAsync(found, context, messages, ct));

    public static Task<IResult> GetPartAsync(
        string id, string part, HttpContext context, AllMessages all, MessageReads messages,
        AttachmentReads attachments, AttachmentDownloads downloads, CancellationToken ct) =>
        WithIdAsync(
            id, context, all,
            found => AttachmentEndpoint.GetAsync(found, part, context, messages, attachments, downloads, ct));

    /// <summary>Made safe, as everywhere: Mailpit itself shows it as it came.</summary>
    public static Task<IResult> ShowHtmlAsync(
        string id, HttpContext context, AllMessages all, MessageHtml messages, CancellationToken ct) =>
        WithIdAsync(id, context, all, found => HtmlEndpoint.GetAsync(found, context, messages, ct));

    public static Task<IResult> ShowTextAsync(
        string id, HttpContext context, AllMessages all, MessageReads messages, CancellationToken ct) =>
        WithIdAsync(id, context, all, found => MessageEndpoints.GetTextAsync(found, context, messages, ct));

    private static Task<IResult> FindAsync(
        string id, HttpContext context, AllMessages all, MessageReads messages,
        Func<MessageDetail, Task<IResult>> answer) => WithIdAsync(id, context, all, async found =>
            MessageId.TryParse(found, out var messageId)
                && await messages.FindAsync(Reader.Operator, messageId, context.RequestAborted) is { } message
                ? await answer(message)
                : Problem.NoSuchMessage);

    private static async Task<IResult> WithIdAsync(
        string id, HttpContext context, AllMessages all, Func<string, Task<IResult>> answer)
    {
        if (id != "latest")
        {
            return await answer(id);
        }

        if (MailpitQuery.Read(context.Request, out var query) is { } problem)
        {
            return problem;
        }

        return await all.ListAsync(query with { Limit = 1, Offset = 0 }, context.RequestAborted) is [var newest, ..]
            ? await answer(newest.Id.ToString("D"))
            : Problem.NoSuchMessage;
    }
}
