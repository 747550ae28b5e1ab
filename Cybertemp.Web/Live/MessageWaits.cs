using Cybertemp.Web.Live.Feeds;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Live;

/// <summary>
/// Holds a request until a message comes that it asks for. Receivers commit side by side, so that a message may come
/// after a newer one: "after" means later in either sense. Thread-safe.
/// </summary>
internal sealed class MessageWaits(LiveFeeds feeds, MessageReads messages, TimeProvider time)
{
    /// <summary>Less than a feed knows of from its beginning: what it does not know is new.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(50);

    /// <summary>
    /// What is there, else what comes first within the time; empty when nothing did. Null when a cursor is of another
    /// inbox.
    /// </summary>
    /// <param name="query">Of one inbox.</param>
    /// <param name="isWanted">Beside the query's own filters.</param>
    /// <param name="wait">How long at most.</param>
    /// <param name="ct">The client is gone.</param>
    public async Task<IReadOnlyList<MessageSummary>?> WaitAsync(
        MessageQuery query, Func<MessageSummary, bool> isWanted, TimeSpan wait, CancellationToken ct)
    {
        if (wait == TimeSpan.Zero)
        {
            return await FindAsync(feed: null, query, isWanted, ct);
        }

        // Listening first: what is committed from now on is either in the list or told.
        using var listener = await feeds.ListenAsync(new LiveKey(query.Reader.Kind, query.Inbox), ct);
        var there = await FindAsync(listener.Feed, query, isWanted, ct);
        return there is []
            ? await NextAsync(listener, m => query.Matches(m) && isWanted(m), wait, ct)
            : there;
    }

    private async Task<List<MessageSummary>?> FindAsync(
        LiveFeed? feed, MessageQuery query, Func<MessageSummary, bool> isWanted, CancellationToken ct)
    {
        var listing = await messages.ListAsync(query, ct);
        if (listing.HasForeignCursor)
        {
            return null;
        }

        var there = await messages.CompleteAsync(query.Reader.Kind, listing.Rows, ct);
        if (feed is not null)
        {
            there = await InOrderOfArrivalAsync(feed, query, there, ct);
        }

        return there.FindAll(m => isWanted(m));
    }

    private async Task<List<MessageSummary>> InOrderOfArrivalAsync(
        LiveFeed feed, MessageQuery query, List<MessageSummary> there, CancellationToken ct)
    {
        // Found before the feed heard of it: it has come now. A part of what is new would come before the rest.
        var recent = time.GetUtcNow().UtcDateTime - Recent;
        if (query is { From: null, Subject: null } && there.Count < query.Limit)
        {
            foreach (var message in there.Where(m => m.ReceivedAt > recent).Reverse())
            {
                feed.Deliver(new LiveMessage(message));
            }
        }

        if (query.After is not { } after || feed.Around(after.Value) is not { } arrivals)
        {
            return there;
        }

        // All that has arrived by now, the last one first: it is the cursor of the next request.
        there.RemoveAll(m => arrivals.Early.Contains(m.Id));
        Guid[] others = [.. arrivals.Since.TakeLast(query.Limit).Except(there.Select(static m => m.Id))];
        if (others.Length > 0)
        {
            there.AddRange((await messages.FindManyAsync(query.Reader.Kind, others, ct)).Where(query.Matches));
        }

        return [.. there.OrderByDescending(m => arrivals.Since.IndexOf(m.Id))];
    }

    private async Task<List<MessageSummary>> NextAsync(
        LiveListener listener, Func<MessageSummary, bool> isWanted, TimeSpan wait, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        var come = new List<MessageSummary>();
        try
        {
            while (come.Count == 0 && await listener.Messages.WaitToReadAsync(either.Token))
            {
                while (come.Count < MessageQuery.MaxLimit && listener.Messages.TryRead(out var message))
                {
                    if (message.Summary is { } summary && isWanted(summary))
                    {
                        come.Add(summary);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time is up: nothing came.
        }

        come.Reverse();
        return come;
    }
}
