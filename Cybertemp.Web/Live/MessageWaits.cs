using Cybertemp.Web.Live.Feeds;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Live;

/// <summary>Holds a request until a message comes that it asks for. Thread-safe.</summary>
internal sealed class MessageWaits(LiveFeeds feeds, MessageReads messages, TimeProvider time)
{
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
            return await FindAsync(query, isWanted, ct);
        }

        // Listening first: what is committed from now on is either in the list or told.
        using var listener = await feeds.ListenAsync(new LiveKey(query.Reader.Kind, query.Inbox), ct);
        var there = await FindAsync(query, isWanted, ct);
        return there is []
            ? await NextAsync(listener, m => query.Matches(m) && isWanted(m), wait, ct)
            : there;
    }

    private async Task<List<MessageSummary>?> FindAsync(
        MessageQuery query, Func<MessageSummary, bool> isWanted, CancellationToken ct)
    {
        var listing = await messages.ListAsync(query, ct);
        if (listing.HasForeignCursor)
        {
            return null;
        }

        var there = await messages.CompleteAsync(query.Reader.Kind, listing.Rows, ct);
        return there.FindAll(m => isWanted(m));
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

        come.Sort(static (one, other) => other.ReceivedAt.CompareTo(one.ReceivedAt));
        return come;
    }
}
