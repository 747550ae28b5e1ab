using System.Reflection;
using Cybertemp.Web.Access;
using Cybertemp.Web.Dialects.Mailpit.Shapes;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Contents;
using Cybertemp.Web.Messages.Search;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.Mailpit;

/// <summary>The mailbox: lists, deletions and read flags.</summary>
internal static class MailpitMailboxEndpoints
{
    private static readonly string Version = typeof(MailpitMailboxEndpoints).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public static async Task<IResult> DescribeAsync(AllMessages all, CancellationToken ct)
    {
        var (messages, unread) = await all.CountAsync(SearchQuery.All, ct);
        var runtime = new MailpitRuntime(Environment.TickCount64 / 1000, GC.GetTotalMemory(forceFullCollection: false));
        return TypedResults.Json(
            new MailpitInfo(
                $"Cybertemp {Version}", "", "PostgreSQL", 0, messages, unread,
                new Dictionary<string, int>(StringComparer.Ordinal), runtime),
            MailpitJson.Api.MailpitInfo);
    }

    public static async Task<IResult> ListAsync(
        HttpContext context, AllMessages all, MessageReads messages, MessageHeads heads, CancellationToken ct)
    {
        if (MailpitQuery.Read(context.Request, out var query) is { } problem)
        {
            return problem;
        }

        var rows = await all.ListAsync(query, ct);
        var headOf = await heads.ReadAsync(ReaderKind.Operator, rows, ct);
        var summaries = (await messages.CompleteAsync(ReaderKind.Operator, rows, ct))
            .ConvertAll(m => MailpitSummary.Of(m, headOf.GetValueOrDefault(m.Id, MessageHead.Empty)));
        var (total, unread) = await all.CountAsync(SearchQuery.All, ct);
        var (found, unreadFound) =
            query.Search == SearchQuery.All ? (total, unread) : await all.CountAsync(query.Search, ct);
        return TypedResults.Json(
            new MailpitList(total, unread, summaries.Count, found, unreadFound, query.Offset, [], summaries),
            MailpitJson.Api.MailpitList);
    }

    public static Task<IResult> DeleteAsync(
        HttpContext context, AllMessages all, MessageWrites writes, CancellationToken ct) =>
        ChangeAsync(context, all, (ids, _) => writes.DeleteManyAsync(ids, ct), ct);

    public static Task<IResult> MarkAsync(
        HttpContext context, AllMessages all, MessageWrites writes, CancellationToken ct) =>
        ChangeAsync(context, all, (ids, change) => writes.MarkManyAsync(ids, change.Read, ct), ct);

    public static async Task<IResult> DeleteFoundAsync(
        HttpContext context, AllMessages all, MessageWrites writes, CancellationToken ct)
    {
        if (MailpitQuery.Read(context.Request, out var query) is { } problem)
        {
            return problem;
        }

        if (string.IsNullOrWhiteSpace(context.Request.Query["query"]))
        {
            return Problem.MalformedSearch;
        }

        await ForEachAsync(all, query.Search, ids => writes.DeleteManyAsync(ids, ct), ct);
        return TypedResults.Text("ok");
    }

    /// <summary>By ids, by a search, or everything: as the body says; without one everything.</summary>
    private static async Task<IResult> ChangeAsync(
        HttpContext context, AllMessages all, Func<IReadOnlyList<Guid>, MailpitChange, Task> apply,
        CancellationToken ct)
    {
        var change = new MailpitChange();
        if (context.Request.ContentType is not null || context.Request.ContentLength is not (null or 0)
            || context.Request.Headers.TransferEncoding.Count > 0)
        {
            var (body, malformed) = await JsonBody.ReadAsync(context.Request, MailpitJson.Api.MailpitChange, ct);
            if (malformed is not null)
            {
                return malformed;
            }

            change = body!;
        }

        if (change.IDs is { Count: > 0 } given)
        {
            await apply([.. given.Select(IdOf).OfType<Guid>()], change);
            return TypedResults.Text("ok");
        }

        var values = new QueryReader(context.Request.Query);
        var search = MailpitQuery.Search(change.Search is { Length: > 0 } text ? text : null, values);
        if (values.Problem is { } problem)
        {
            return problem;
        }

        await ForEachAsync(all, search, ids => apply(ids, change), ct);
        return TypedResults.Text("ok");
    }

    private static Guid? IdOf(string text) => MessageId.TryParse(text, out var id) ? id.Value : null;

    /// <summary>What is there when it begins, newest first, some at a time.</summary>
    private static async Task ForEachAsync(
        AllMessages all, SearchQuery search, Func<IReadOnlyList<Guid>, Task> apply, CancellationToken ct)
    {
        var page = new MessageQuery(Reader.Operator, "") { Search = search, Limit = MessageQuery.MaxLimit };
        List<MessageRow> rows;
        do
        {
            rows = await all.ListAsync(page, ct);
            await apply([.. rows.Select(static r => r.Id)]);
            page = rows is [.., var oldest] ? page with { Before = MessageId.Of(oldest.Id) } : page;
        }
        while (rows.Count == MessageQuery.MaxLimit);
    }
}
