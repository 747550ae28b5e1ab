using System.Collections.Concurrent;
using Cybertemp.Mail.Announcements;
using Cybertemp.Web.Access;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Live.Feeds;

/// <summary>Who listens to what, and which messages have to be read for them. Thread-safe.</summary>
internal sealed class LiveFeeds
{
    /// <summary>How long a feed without listeners goes on: a reader who waits comes back at once.</summary>
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(10);

    private static readonly ReaderKind[] OfInboxes = Enum.GetValues<ReaderKind>();

    private readonly ConcurrentDictionary<LiveKey, LiveFeed> _feeds = new();
    private readonly RecentMessages _recent;
    private readonly LivePending _pending;
    private readonly TimeProvider _time;
    private readonly int _maxFeeds;
    private readonly CancellationToken _stopping;

    public LiveFeeds(
        RecentMessages recent,
        LivePending pending,
        TimeProvider time,
        IOptions<WebOptions> options,
        IHostApplicationLifetime lifetime)
    {
        (_recent, _pending, _time, _stopping) = (recent, pending, time, lifetime.ApplicationStopping);
        _maxFeeds = 2 * options.Value.MaxWaits;

        // Before the server waits for its open requests to end.
        _stopping.Register(EndAll);
    }

    /// <summary>Nobody listens to anything, nor did a moment ago.</summary>
    public bool IsEmpty => _feeds.IsEmpty;

    /// <summary>All that somebody listens to, or did a moment ago.</summary>
    public IEnumerable<LiveFeed> All => _feeds.Select(static f => f.Value);

    public LiveFeed? Find(LiveKey key) => _feeds.GetValueOrDefault(key);

    /// <summary>
    /// From its completion on, each message that is committed reaches the listener; what was there before does not.
    /// </summary>
    public async Task<LiveListener> ListenAsync(LiveKey key, CancellationToken ct)
    {
        // Feeds with a listener are no more than there are waits; without this, those without one would have no bound.
        if (_feeds.Count >= _maxFeeds)
        {
            Forget(TimeSpan.Zero);
        }

        while (true)
        {
            var feed = _feeds.GetOrAdd(key, static (k, time) => new LiveFeed(k, time), _time);
            if (feed.TryJoin() is not { } listener)
            {
                Remove(feed);
                continue;
            }

            try
            {
                await PrimeAsync(feed, ct);
                if (_stopping.IsCancellationRequested)
                {
                    listener.End();
                }

                return listener;
            }
            catch
            {
                listener.Dispose();
                throw;
            }
        }
    }

    /// <summary>A receiver says that it is committed.</summary>
    public void Announce(AnnouncedMessage message)
    {
        foreach (var kind in OfInboxes)
        {
            if (_feeds.TryGetValue(new LiveKey(kind, message.Inbox), out var feed) && !feed.IsKnown(message.Id))
            {
                _pending.Add(kind, message.Id);
            }
        }

        if (_feeds.ContainsKey(new LiveKey(ReaderKind.Operator, "")))
        {
            _pending.Add(ReaderKind.Operator, message.Id);
        }
    }

    /// <summary>Tells whoever listens to its inbox, or to everything.</summary>
    public void Deliver(ReaderKind kind, MessageSummary summary)
    {
        var message = new LiveMessage(summary);
        Find(new LiveKey(kind, summary.To))?.Deliver(message);
        if (kind is ReaderKind.Operator)
        {
            Find(new LiveKey(kind, ""))?.Deliver(message);
        }
    }

    /// <summary>Forgets what nobody has listened to for a while.</summary>
    public void ForgetUnheard() => Forget(Unheard);

    private void Forget(TimeSpan unheard)
    {
        foreach (var feed in All.Where(f => f.TryEnd(unheard)))
        {
            Remove(feed);
        }
    }

    private void EndAll()
    {
        foreach (var feed in All)
        {
            feed.End();
        }
    }

    /// <summary>The first listener of a feed finds out what need not be told; those after it wait for that.</summary>
    private async Task PrimeAsync(LiveFeed feed, CancellationToken ct)
    {
        Task primed;
        lock (feed)
        {
            primed = feed.Primed is { IsFaulted: false, IsCanceled: false } running
                ? running
                : feed.Primed = LearnAsync(feed, _stopping);
        }

        await primed.WaitAsync(ct);
    }

    private async Task LearnAsync(LiveFeed feed, CancellationToken ct)
    {
        foreach (var id in await _recent.InAsync(feed.Key.Kind, feed.Key.Inbox, ct))
        {
            feed.Know(id);
        }
    }

    private void Remove(LiveFeed feed) => _feeds.TryRemove(KeyValuePair.Create(feed.Key, feed));
}
