using Cybertemp.Web.Access;
using Cybertemp.Web.Live.Feeds;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Live;

/// <summary>
/// Server-sent events (WHATWG HTML §9.2): what came after the cursor out of PostgreSQL, then each message as it comes.
/// Ends when the client goes, is too slow, or the service stops; the client comes back with its cursor. Where that did
/// not arrive here, it is told again what was received shortly before, since some of it may have been committed after
/// it. Ends, too, with the session or claim it was asked for with.
/// </summary>
internal sealed class EventStream(LiveFeeds feeds, MessageReads messages, KnownReaders readers)
{
    /// <summary>The newest of those that were missed.</summary>
    private const int MaxReplayed = 1_000;

    /// <summary>As far back as <see cref="RecentMessages"/> look, and as many as a page has.</summary>
    private static readonly TimeSpan ToldAgain = TimeSpan.FromMinutes(1);

    private static readonly byte[] Beginning = ": listening\nretry: 2000\n\n"u8.ToArray();

    /// <summary>Null once the stream has begun and ended.</summary>
    /// <param name="query">With the cursor as <see cref="MessageQuery.After"/>; of all mail for the inbox "".</param>
    /// <param name="context">Of the request.</param>
    /// <param name="write">An event as a dialect has it; null for the API's.</param>
    public async Task<Problem?> WriteAsync(
        MessageQuery query, HttpContext context, Func<MessageSummary, byte[]>? write = null)
    {
        var ct = context.RequestAborted;
        using var listener = await feeds.ListenAsync(new LiveKey(query.Reader.Kind, query.Inbox), ct);
        listener.WantsComments = true;
        var isReturn = EventCursor.IsOfReturn(context.Request);
        if (await ReplayAsync(listener.Feed, query, isReturn, ct) is not { } missed)
        {
            return Problem.CursorOfAnotherInbox;
        }

        Begin(context.Response);
        var body = context.Response.BodyWriter;
        await body.WriteAsync(Beginning, ct);
        var told = new HashSet<Guid>();
        foreach (var summary in missed)
        {
            told.Add(summary.Id);
            await body.WriteAsync(write?.Invoke(summary) ?? new LiveMessage(summary).Event, ct);
        }

        while (await listener.Messages.WaitToReadAsync(ct))
        {
            while (listener.Messages.TryRead(out var message))
            {
                if (message.Summary is null && !await readers.IsStillAsync(context, ct))
                {
                    return null;
                }

                if (message.Summary is not { } summary || (query.Matches(summary) && !told.Remove(summary.Id)))
                {
                    await body.WriteAsync(Event(message, write), ct);
                }
            }
        }

        return null;
    }

    /// <summary>Oldest first; nothing without a cursor; null for a cursor of another inbox.</summary>
    private async Task<List<MessageSummary>?> ReplayAsync(
        LiveFeed feed, MessageQuery query, bool isReturn, CancellationToken ct)
    {
        if (query.After is not { } cursor)
        {
            return [];
        }

        return isReturn && feed.ArrivedSince(cursor.Value) is { } arrived
            ? await ArrivedAsync(query, arrived, ct)
            : await ListedAsync(query, cursor, isReturn, ct);
    }

    private async Task<List<MessageSummary>> ArrivedAsync(
        MessageQuery query, IReadOnlyList<Guid> arrived, CancellationToken ct)
    {
        var missed = new List<MessageSummary>();
        foreach (var ids in arrived.TakeLast(MaxReplayed).Chunk(MessageQuery.MaxLimit))
        {
            var found = await messages.FindManyAsync(query.Reader.Kind, ids, ct);
            missed.AddRange(found.Where(query.Matches).OrderBy(m => Array.IndexOf(ids, m.Id)));
        }

        return missed;
    }

    private async Task<List<MessageSummary>?> ListedAsync(
        MessageQuery query, MessageId cursor, bool isReturn, CancellationToken ct)
    {
        var missed = new List<MessageSummary>();
        var page = query with { Limit = MessageQuery.MaxLimit };
        MessageListing listing;
        do
        {
            listing = await messages.ListAsync(page, ct);
            if (listing.HasForeignCursor)
            {
                return null;
            }

            missed.AddRange(await messages.CompleteAsync(query.Reader.Kind, listing.Rows, ct));
            page = listing.Rows is [.., var oldest] ? page with { Before = MessageId.Of(oldest.Id) } : page;
        }
        while (listing.Rows.Count == MessageQuery.MaxLimit && missed.Count < MaxReplayed);
        if (isReturn)
        {
            missed.AddRange(await ShortlyBeforeAsync(query, cursor, ct));
        }

        missed.Reverse();
        return missed;
    }

    private async Task<List<MessageSummary>> ShortlyBeforeAsync(
        MessageQuery query, MessageId cursor, CancellationToken ct)
    {
        var window = query with
        {
            After = MessageId.At(cursor.From - ToldAgain),
            Before = cursor,
            Limit = MessageQuery.MaxLimit,
        };
        var listing = await messages.ListAsync(window, ct);
        return await messages.CompleteAsync(query.Reader.Kind, listing.Rows, ct);
    }

    private static ReadOnlyMemory<byte> Event(LiveMessage message, Func<MessageSummary, byte[]>? write) =>
        message.Summary is { } summary && write is not null ? write(summary) : message.Event;

    private static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";

        // nginx keeps answers back until they are large.
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
